"""Time expressions in other languages: from tables, not from code."""

from datetime import date

import pytest

from tasks.annotate.lexicon import read_table
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
    rows = [r for r in read_table(lang, "time_patterns") if r["pattern"]]
    known = set(RULES) | {"ignore", "cue_future", "cue_past"}
    assert {read_pattern(r).rule for r in rows} <= known
