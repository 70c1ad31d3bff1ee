"""Time expressions in other languages: from tables, not from code."""

from datetime import date

import pytest

from tasks.annotate.lexicon import pattern_rows
from tasks.annotate.mask import mask_markup
from tasks.annotate.patterns import read_pattern
from tasks.annotate.sentences import split_sentences
from tasks.annotate.time import find_dates
from tasks.annotate.time_rules import RULES

MONDAY = date(2022, 2, 21)


def days(text: str, lang: str) -> list[tuple[str, str]]:
    masked = mask_markup(text)
    found = find_dates(masked, split_sentences(masked, lang), MONDAY, lang)
    return [(str(d.first), str(d.last)) for d in found]


@pytest.mark.parametrize(
    ("lang", "text", "day"),
    [
        ("es", "El presidente llegó el lunes 7 de febrero de 2022.", "2022-02-07"),
        ("es", "Murieron el domingo pasado.", "2022-02-20"),
        ("es", "Ocurrió hace tres días.", "2022-02-18"),
        ("fr", "Il est arrivé le 1er décembre 2021.", "2021-12-01"),
        ("fr", "Elle a parlé vendredi soir.", "2022-02-18"),
        ("fr", "Il y a trois jours, aujourd’hui", "2022-02-18"),
        ("de", "Sie trafen sich am 7. Februar in Moskau.", "2022-02-07"),
        ("de", "Er sagte am Sonntagabend", "2022-02-20"),
        ("de", "Vor drei Tagen fiel die Stadt.", "2022-02-18"),
        ("pt", "Ele chegou na sexta-feira.", "2022-02-18"),
        ("pt", "em 24 de fevereiro de 2022", "2022-02-24"),
        ("it", "Si sono incontrati venerdì scorso.", "2022-02-18"),
        ("it", "tre giorni fa", "2022-02-18"),
        ("ru", "Переговоры прошли в воскресенье, 20 февраля 2022 года.", "2022-02-20"),
        ("ru", "Он заявил об этом вчера вечером.", "2022-02-20"),
        ("ru", "три дня назад", "2022-02-18"),
        ("uk", "Вони зустрілися 20 лютого.", "2022-02-20"),
        ("uk", "у п’ятницю", "2022-02-18"),
        ("ar", "التقى الرئيسان يوم الأحد", "2022-02-20"),
        ("ar", "في 24 فبراير 2022", "2022-02-24"),
        ("pl", "20 lutego 2022 r.", "2022-02-20"),
        ("tr", "20 Şubat 2022", "2022-02-20"),
        ("sw", "tarehe 20 Februari 2022", "2022-02-20"),
        ("nl", "gisteren", "2022-02-20"),
    ],
)
def test_days(lang: str, text: str, day: str) -> None:
    assert days(text, lang)[0] == (day, day)


@pytest.mark.parametrize(
    ("lang", "text", "first", "last"),
    [
        ("es", "la semana pasada", "2022-02-14", "2022-02-20"),
        ("fr", "le mois dernier", "2022-01-01", "2022-01-31"),
        ("de", "in den letzten drei Monaten", "2021-11-21", "2022-02-21"),
        ("ru", "в прошлом году", "2021-01-01", "2021-12-31"),
        ("pt", "nos últimos dias", "None", "2022-02-21"),
        ("it", "nei prossimi giorni", "2022-02-21", "None"),
        ("ar", "الأسبوع الماضي", "2022-02-14", "2022-02-20"),
        ("es", "en enero de 2011", "2011-01-01", "2011-01-31"),
        ("fr", "depuis janvier 2011", "2011-01-01", "2011-01-31"),
        ("de", "im Januar 2011", "2011-01-01", "2011-01-31"),
        ("pt", "em janeiro de 2011", "2011-01-01", "2011-01-31"),
        ("it", "nel gennaio 2011", "2011-01-01", "2011-01-31"),
        ("ru", "в январе 2011 года", "2011-01-01", "2011-01-31"),
        ("uk", "у січні 2011 року", "2011-01-01", "2011-01-31"),
        ("ar", "في يناير 2011", "2011-01-01", "2011-01-31"),
    ],
)
def test_intervals(lang: str, text: str, first: str, last: str) -> None:
    assert days(text, lang) == [(first, last)]


@pytest.mark.parametrize("lang", ["en", "es", "fr", "de", "pt", "it", "ru", "uk", "ar", "common"])
def test_every_pattern_feeds_a_rule_and_uses_known_classes(lang: str) -> None:
    rows = pattern_rows(lang, "time_patterns")
    known = set(RULES) | {"ignore", "person", "cue_future", "cue_past"}
    assert {read_pattern(r).rule for r in rows} <= known


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The March 23 Movement took Goma."),
        ("en", "The April 6 Youth Movement and the 26 July Movement called a strike."),
        ("en", "The June 4 Museum in Hong Kong closed."),
        ("en", "The group “17 November” is banned."),
        ("es", "El Movimiento 23 de Marzo marchó por la Avenida 9 de Julio."),
        ("es", "El cantón 24 de Mayo limita al norte."),
        ("fr", "Le Mouvement du 23-Mars, rue du 4-Septembre"),
        ("de", "Die Jugendbewegung des 6. April und die Straße des 17. Juni"),
        ("pt", "O Movimento 23 de Março na Ponte 25 de Abril"),
        ("it", "Il Movimento 23 marzo in via 25 Aprile e piazza 1° Maggio"),
        ("ru", "Движение 23 марта, улица 8 Марта, площадь 1905 года, «6 апреля»"),
        ("uk", "Рух 23 березня, вулиця 8 Березня"),
        ("ar", "حركة شباب 6 أبريل في شارع 26 يوليو"),
        ("en", "Theresa May spoke. Talks between May and Merkel failed; critics of May cheered."),
        ("en", "They may march on."),
        ("en", "The bomb in Mar-a-Lago, USA Today wrote."),
        ("es", "Un concierto con Julio Iglesias y Plácido Domingo en Santo Domingo."),
        ("es", "Los lunes, y de martes a jueves, un viernes, en Río de Janeiro."),
        ("pt", "na segunda partida, no Rio de Janeiro"),
        ("it", "Luigi Di Maggio nel Mar Nero"),
        ("fr", "Une mission sur Mars."),
        ("en", "It came by 1800 votes, in 2000 homes."),
        ("es", "en 2000 casas"),
        ("fr", "avec 2000 hommes, en 2000 hommes"),
        ("de", "in 2000 Häusern"),
        ("pt", "em 2000 casas"),
        ("it", "in 2000 case"),
        ("ru", "в 2000 домов"),
        ("uk", "у 2000 будинках"),
        ("ar", "في 2000 منزل"),
        ("en", "Resolution 1701, Covid-19, the G20, a B-52 and the 25-year-old of M23"),
    ],
)
def test_names_and_numbers_are_no_dates(lang: str, text: str) -> None:
    assert days(text, lang) == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "On January 25,2011"),
        ("en", "on 25January 2011"),
        ("en", "on 2011/01/25"),
        ("es", "el 25/01/2011"),
        ("fr", "le 25/01/2011"),
        ("de", "am 25.1.2011"),
        ("de", "am 25. Januar,2011"),
        ("pt", "em 25 de janeiro,2011"),
        ("it", "il 25.1.2011"),
        ("ru", "25 янв. 2011 г."),
        ("ru", "25 января 2011г."),
        ("uk", "25 січня 2011р."),
        ("ar", "في ٢٥ يناير ٢٠١١"),
        ("ar", "في 25 كانون الثاني 2011"),
        ("ar", "في 25 يناير/كانون الثاني 2011"),
        ("ar", "في 25 جانفي 2011"),
    ],
)
def test_spellings_of_one_day(lang: str, text: str) -> None:
    assert days(text, lang) == [("2011-01-25",) * 2]


@pytest.mark.parametrize(
    ("lang", "text", "day"),
    [
        ("en", "the September 11 attacks", "2001-09-11"),
        ("es", "los atentados del 11 de septiembre", "2001-09-11"),
        ("es", "tras el 11-M", "2004-03-11"),
        ("fr", "les attentats du 13 novembre", "2015-11-13"),
        ("de", "Anschläge des 11. September", "2001-09-11"),
        ("it", "gli attentati dell'11 settembre", "2001-09-11"),
        ("ru", "теракты 11 сентября", "2001-09-11"),
        ("ar", "ثورة 25 يناير", "2011-01-25"),
        ("fr", "le 1er février", "2022-02-01"),
        ("pt", "em 1º de março", "2022-03-01"),
        ("it", "il 1° febbraio", "2022-02-01"),
        ("uk", "1-го березня", "2022-03-01"),
        ("de", "am 13.1. in Berlin", "2022-01-13"),
        ("pt", "nesta quarta-feira (16)", "2022-02-16"),
        ("pt", "na quarta (16/2)", "2022-02-16"),
        ("es", "el pasado 3 de junio", "2021-06-03"),
        ("fr", "le 3 juin dernier", "2021-06-03"),
        ("it", "lo scorso 3 giugno", "2021-06-03"),
        ("de", "am kommenden 3. Januar", "2023-01-03"),
        ("ru", "3 марта прошлого года", "2021-03-03"),
        ("es", "a las 1800 GMT", "2022-02-21"),
        ("de", "um 18.30 Uhr Ortszeit", "2022-02-21"),
        ("fr", "à 18h00 GMT", "2022-02-21"),
        ("en", "by 1930 local time", "2022-02-21"),
        ("en", "at 0600 hours", "2022-02-21"),
        ("en", "May Day rallies", "2022-05-01"),
        ("ar", "منذ السابع من أكتوبر", "2021-10-07"),
        ("ar", "في الرابع والعشرين من شباط 2022", "2022-02-24"),
        ("ru", "двадцать пятого января", "2022-01-25"),
        ("uk", "двадцять п'ятого січня", "2022-01-25"),
        ("es", "Barak abandonará el lunes la ciudad", "2022-02-21"),
        ("es", "Barak visitará el miércoles la ciudad", "2022-02-23"),
        ("it", "Il papa arriverà mercoledì", "2022-02-23"),
    ],
)
def test_days_by_name_and_hour(lang: str, text: str, day: str) -> None:
    assert days(text, lang) == [(day, day)]


@pytest.mark.parametrize(
    ("lang", "text", "first", "last"),
    [
        ("en", "between January and March 2012", "2012-01-01", "2012-03-31"),
        ("de", "von August bis Oktober 2012", "2012-08-01", "2012-10-31"),
        ("es", "del 3 de mayo al 5 de junio de 2011", "2011-05-03", "2011-06-05"),
        ("de", "vom 28. Dezember bis zum 3. Januar 2012", "2011-12-28", "2012-01-03"),
        ("ru", "с 3 мая по 5 июня", "2022-05-03", "2022-06-05"),
        ("ar", "من 3 مايو إلى 5 يونيو", "2022-05-03", "2022-06-05"),
        ("fr", "entre 2011 et 2015", "2011-01-01", "2015-12-31"),
        ("ar", "بين عامي 2011 و2015", "2011-01-01", "2015-12-31"),
        ("en", "the 2022/23 season", "2022-01-01", "2023-12-31"),
        ("es", "en los años noventa", "1990-01-01", "1999-12-31"),
        ("fr", "dans les années 1990", "1990-01-01", "1999-12-31"),
        ("de", "in den 1990er Jahren", "1990-01-01", "1999-12-31"),
        ("pt", "na década de 1990", "1990-01-01", "1999-12-31"),
        ("it", "negli anni '90", "1990-01-01", "1999-12-31"),
        ("ru", "в 1990-х годах", "1990-01-01", "1999-12-31"),
        ("uk", "у 90-х роках", "1990-01-01", "1999-12-31"),
        ("ar", "في تسعينيات القرن الماضي", "1990-01-01", "1999-12-31"),
        ("en", "in the 19th century", "1800-01-01", "1899-12-31"),
        ("fr", "au XIXe siècle", "1800-01-01", "1899-12-31"),
        ("de", "im 19. Jahrhundert", "1800-01-01", "1899-12-31"),
        ("ru", "в XIX веке", "1800-01-01", "1899-12-31"),
        ("ar", "القرن التاسع عشر", "1800-01-01", "1899-12-31"),
        ("de", "im Herbst 2014", "2014-09-01", "2014-11-30"),
        ("it", "l'anno scorso", "2021-01-01", "2021-12-31"),
        ("de", "wurde 2009 gegründet", "2009-01-01", "2009-12-31"),
        ("en", "Trump's 2016 campaign", "2016-01-01", "2016-12-31"),
        ("fr", "à la fin du mois d'août 2012", "2012-08-21", "2012-08-31"),
        ("ar", "في الأسبوع الأول من مارس", "2022-03-01", "2022-03-31"),
        ("ar", "تشرين الأول 2011", "2011-10-01", "2011-10-31"),
    ],
)
def test_ranges_decades_centuries(lang: str, text: str, first: str, last: str) -> None:
    assert days(text, lang) == [(first, last)]
