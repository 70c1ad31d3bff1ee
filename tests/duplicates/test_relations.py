"""What counts as a copy, and of what kind."""

from __future__ import annotations

import random
import re

import pytest

from .press import article, at, clusters, kinds, relations, sentence, story

STORY = story(1)
SENTENCES = STORY.split(". ")
TEXTS = {
    "en": "Russian President Vladimir Putin met his French counterpart Emmanuel Macron in Moscow on "
    "Monday for talks that lasted more than five hours. The two leaders discussed the security of "
    "Europe and the situation at the border of Ukraine, where more than 100,000 soldiers are said "
    "to have gathered. Macron said that the coming days would be decisive.",
    "ru": "Президент России Владимир Путин принял в Москве своего французского коллегу Эммануэля "
    "Макрона. Переговоры продолжались более пяти часов. Стороны обсудили безопасность Европы и "
    "положение на границе Украины, где, по данным Запада, собрано более 100 000 военных. Макрон "
    "заявил, что ближайшие дни станут решающими.",
    "zh": "法国总统马克龙周一在莫斯科会见了俄罗斯总统普京，双方会谈持续了五个多小时。两国领导人讨论了"
    "欧洲安全和乌克兰边境局势，西方官员称有超过10万名士兵在那里集结。马克龙表示未来几天将是决定性的。"
    "克里姆林宫发言人说，局势仍然十分复杂，不能指望一次会晤就取得突破。",
    "ar": "التقى الرئيس الروسي فلاديمير بوتين نظيره الفرنسي إيمانويل ماكرون في موسكو يوم الاثنين في "
    "محادثات استمرت أكثر من خمس ساعات. وناقش الزعيمان أمن أوروبا والوضع على حدود أوكرانيا حيث يقول "
    "مسؤولون غربيون إن أكثر من 100000 جندي قد احتشدوا هناك. وقال ماكرون إن الأيام المقبلة ستكون حاسمة.",
    "hi": "रूस के राष्ट्रपति व्लादिमीर पुतिन ने सोमवार को मॉस्को में फ्रांस के राष्ट्रपति इमैनुएल मैक्रों से "
    "मुलाकात की और बातचीत पांच घंटे से अधिक चली। दोनों नेताओं ने यूरोप की सुरक्षा और यूक्रेन की सीमा पर "
    "स्थिति पर चर्चा की जहां पश्चिमी अधिकारियों के अनुसार 100000 से अधिक सैनिक जमा हैं। मैक्रों ने कहा कि "
    "आने वाले दिन निर्णायक होंगे।",
    "th": "ประธานาธิบดีวลาดิเมียร์ ปูติน แห่งรัสเซีย พบกับประธานาธิบดีเอ็มมานูเอล มาครง แห่งฝรั่งเศส "
    "ที่กรุงมอสโกเมื่อวันจันทร์ การเจรจากินเวลานานกว่า 5 ชั่วโมง ผู้นำทั้งสองหารือเรื่องความมั่นคงของยุโรป",
}


def test_the_same_words_are_exact_whatever_case_and_punctuation() -> None:
    found = kinds([article("a", STORY), article("b", STORY.upper().replace(".", " —"), 1)])
    assert found == {"a": ("original", None), "b": ("exact", "a")}


@pytest.mark.parametrize("lang", TEXTS)
def test_copies_in_every_script(lang: str) -> None:
    text = TEXTS[lang]
    cut = text[: int(len(text) * 0.55)]
    wire = f"(AFP) {text} ©"
    found = kinds([article("a", text), article("wire", wire, 1), article("cut", cut, 2)])
    assert found["wire"] == ("near", "a")
    assert found["cut"] == ("excerpt", "a")


def test_stories_in_one_language_are_not_copies() -> None:
    rows = [article(lang, text) for lang, text in TEXTS.items()]
    assert clusters(rows) == {frozenset({lang}) for lang in TEXTS}


def test_light_rewrite_excerpt_and_embedding() -> None:
    rewrite = re.sub(r"\btroops\b", "soldiers", STORY).replace("minister", "secretary")
    assert rewrite != STORY
    longer = f"{story(2, 14)} {STORY}"
    found = relations(
        [
            article("a", STORY),
            article("rewrite", rewrite, 1),
            article("part", ". ".join(SENTENCES[3:8]), 1),
            article("longer", longer, 2),
        ]
    )
    assert {k: r["relation"] for k, r in found.items()} == {
        "a": "original",
        "rewrite": "near",
        "part": "excerpt",
        "longer": "embeds",
    }
    assert {r["copy_of"] for r in found.values()} == {None, "a"}
    assert len({r["cluster_id"] for r in found.values()}) == 1
    assert found["part"]["containment"] > 0.9 > found["part"]["contained"]
    assert found["longer"]["contained"] > 0.9 > found["longer"]["containment"]


@pytest.mark.parametrize("text", [STORY, STORY.lower()], ids=["names", "no capitals"])
def test_a_heavy_rewrite_keeps_the_facts(text: str) -> None:
    rng = random.Random(6)
    plain = re.compile(r"\b[a-z]{6,}\b")
    rewritten = plain.sub(lambda m: m[0] if rng.random() < 0.65 else m[0][::-1], text)
    found = relations([article("a", text), article("b", rewritten, 1)])["b"]
    assert (found["relation"], found["copy_of"]) == ("near", "a")
    assert found["containment"] < 0.5


def test_a_later_version_with_new_passages_is_an_update() -> None:
    new = [s.rstrip(".") for s in story(9, 4).split(". ")]
    updated = ". ".join(new[:2] + SENTENCES[:8] + new[2:])
    assert kinds([article("a", STORY), article("b", updated, 1)])["b"] == ("update", "a")


def test_the_same_form_with_other_names_and_numbers_is_not_a_copy() -> None:
    form = (
        "An earthquake of magnitude {} was recorded at {} local time. The epicentre was {} kilometres "
        "west of {} at a depth of {} kilometres, and the quake was felt in {}, {} and {}. Residents "
        "should keep away from damaged buildings and follow the advice of the authorities."
    )
    one = form.format("5.9", "04:22", 7, "Elbasan", 12, "Tirana", "Durres", "Ohrid")
    other = form.format("4.1", "20:31", 18, "Berat", 21, "Lushnje", "Corovode", "Fier")
    assert clusters([article("a", one), article("b", other, 7)]) == {
        frozenset("a"),
        frozenset("b"),
    }


TOLL = (
    "The number of people killed in the earthquake in {} rose to {} on {}, the health ministry said. "
    "Another {} people were injured and {} are still missing. Rescue teams from {} countries are "
    "searching the rubble of collapsed buildings, and the authorities have set up {} camps for those "
    "who lost their homes. Residents are asked to keep away from damaged buildings and to follow the "
    "advice of the authorities. Hotlines are open for those who look for relatives."
)


def test_a_form_filled_in_anew_each_day_or_for_another_town_is_neither_copy_nor_update() -> None:
    days = [
        article("a", TOLL.format("Malatya", 112, "Monday", 340, 95, 4, 11), 0),
        article("b", TOLL.format("Malatya", 187, "Tuesday", 512, 61, 7, 15), 1),
        article("c", TOLL.format("Malatya", 243, "Wednesday", 690, 22, 9, 19), 2),
        article("d", TOLL.format("Elbasan", 31, "Friday", 96, 12, 2, 3), 4),
        article("e", TOLL.format("Elbasan", 33, "Friday", 97, 13, 5, 6), 35),
    ]
    assert len(clusters(days)) == 5


TAILS = {
    "en": (
        "Meridian Press, founded in 1952 in Lisbon, distributes news, photographs and video to more "
        "than 400 newspapers and broadcasters in 60 countries. The opinions expressed in this report "
        "are those of the sources quoted and do not necessarily reflect the views of the agency or of "
        "its members. Reproduction in whole or in part requires written permission; contact the desk "
        "in Lisbon at any hour of the day.",
        "Police in Nairobi arrested twelve opposition activists on Monday after a protest against new "
        "fuel taxes turned violent near parliament.",
        "Poland and Ukraine signed an agreement to reopen two border crossings that farmers had "
        "blocked since November.",
        "Thousands of teachers marched through the capital, demanding higher pay and smaller classes.",
    ),
    "ru": (
        "Агентство «Меридиан», основанное в 1952 году в Лиссабоне, передаёт новости, фотографии и видео "
        "более чем 400 газетам и телеканалам в 60 странах. Мнения, приведённые в этом сообщении, "
        "принадлежат тем, кого оно цитирует, и могут не совпадать с мнением редакции. Перепечатка "
        "целиком или частично разрешается только с письменного согласия агентства, за которым следует "
        "обращаться в редакцию в любое время суток.",
        "Полиция в Найроби задержала в понедельник двенадцать участников протеста против новых налогов "
        "на топливо.",
        "Польша и Украина подписали соглашение об открытии двух пунктов пропуска, которые с ноября "
        "перекрывали фермеры.",
        "Тысячи учителей прошли по центру Сантьяго, требуя повышения зарплаты и меньших классов.",
    ),
}


@pytest.mark.parametrize("lang", TAILS)
@pytest.mark.parametrize("publisher", [None, "one.example"])
def test_stories_of_one_sentence_with_the_paragraph_of_their_agency_are_not_copies(
    lang: str, publisher: str | None
) -> None:
    tail, *leads = TAILS[lang]
    for form in (f"{{}} {tail}", f"{tail} {{}}"):
        rows = [
            article(f"a{n}", form.format(lead), n, publisher=publisher)
            for n, lead in enumerate(leads)
        ]
        assert len(clusters(rows)) == 3
        assert len(clusters(rows[:2])) == 2


def test_a_new_lead_before_the_same_report_is_an_update() -> None:
    report = (
        "The protest against fuel taxes in Nairobi began on Monday with some 3,000 people. Officers "
        "fired tear gas near parliament when stones were thrown. The opposition leader Wanjiru called "
        "for calm and said that the police had acted without reason. President Kamau is to address "
        "the nation on Wednesday. Fuel prices in Kenya rose by 16 percent this year."
    )
    lead = (
        "Police in Nairobi let twelve opposition activists go on Tuesday, among them the lawyer "
        "Otieno, who said in the evening that Wanjiru had asked for it."
    )
    rows = [article("a", f"{TAILS['en'][1]} {report}"), article("b", f"{lead} {report}", 1)]
    assert kinds(rows)["b"] == ("update", "a")


def test_two_stories_quoted_in_one_digest_stay_apart() -> None:
    one, other = story(11), story(12)
    found = clusters(
        [article("a", one), article("b", other), article("digest", f"{one} {other}", 1)]
    )
    assert len(found) == 2


def test_canonical_is_the_earliest_then_the_longest_then_the_smallest_id() -> None:
    short = STORY.removesuffix(SENTENCES[-1]).rstrip()

    def canonical(rows: list[dict[str, object]]) -> set[str]:
        return {r["canonical_id"] for r in relations(rows).values()}

    assert canonical([article("b", STORY, 1), article("a", STORY, 2)]) == {"b"}
    assert canonical([article("a", short, 1), article("b", STORY, 1)]) == {"b"}
    assert canonical([article("b", STORY, 1), article("a", STORY, 1)]) == {"a"}
    assert canonical([article("a", STORY, None), article("b", STORY, 900)]) == {"b"}
    hours = [article("a", STORY, published_at=at(9)), article("b", STORY, published_at=at(8))]
    assert canonical(hours) == {"b"}


def test_boilerplate_joins_nobody() -> None:
    notice = story(5, 4)  # a third of every text, week after week
    rows = [article(f"a{n}", f"{story(100 + n, 8)} {notice}", 7 * n) for n in range(12)]
    assert len(clusters(rows)) == 12


def test_boilerplate_joins_nobody_where_nothing_is_dated() -> None:
    notice = story(5, 3)
    rows = [
        article(f"a{n}", f"{story(100 + n, 16)} {notice}", None, publisher=None) for n in range(12)
    ]
    assert len(clusters(rows)) == 12


def test_a_story_that_runs_for_weeks_is_no_boilerplate() -> None:
    rng = random.Random(3)
    rows = [article(f"a{n}", f"{STORY} {sentence(rng)}", 5 * n) for n in range(12)]
    assert len(clusters(rows)) == 1
