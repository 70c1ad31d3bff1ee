"""Quotations and reported speech: what is said, by whom, with which verb."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.annotate.mask import mask_markup
from tasks.annotate.quotes import find_quotes
from tasks.annotate.sentences import split_sentences
from tasks.annotate.types import Quote


def quotes(text: str, lang: str = "en") -> list[Quote]:
    masked = mask_markup(text)
    return find_quotes(masked, split_sentences(masked, lang), lang)


def read(text: str, *, direct: bool) -> list[tuple[str, str, str]]:
    return [
        (
            text[q.start : q.end],
            text[q.speaker_start : q.speaker_end] if q.speaker_start >= 0 else "",
            text[q.cue_start : q.cue_end] if q.cue_start >= 0 else "",
        )
        for q in quotes(text)
        if q.direct == direct
    ]


@pytest.mark.parametrize(
    ("text", "speaker", "cue"),
    [
        ("“We are ready,” Putin said.", "Putin", "said"),
        ("“We are ready,” said Rami Khouri, a Beirut-based analyst.", "Rami Khouri", "said"),
        ("“It will fail,” Wadir Safi, an analyst at Kabul University, told the Times.", "Wadir Safi", "told"),
        ("“It will fail,” Senator Chuck Schumer (D-N.Y.) said on Twitter.", "Senator Chuck Schumer", "said"),
        ("“It will fail,” a company spokesman said.", "a company spokesman", "said"),
        ("The Kremlin has confirmed it, saying “it was agreed to continue”.", "The Kremlin", "saying"),
        ("Mr Erdogan said it was not possible “to remain a spectator” there.", "Mr Erdogan", "said"),
        ("On 5 April Donald Trump said “I do not know” to that.", "Donald Trump", "said"),
        ("The talks were “intense”, according to the French presidency.", "the French presidency", "according"),
        ("The call was “long”, Macron tweeted on Monday.", "Macron", "tweeted"),
        ("“Serious concern has been expressed,” reads the Kremlin statement.", "the Kremlin statement", "reads"),
    ],
)  # fmt: skip
def test_the_speaker_of_a_direct_quotation(text: str, speaker: str, cue: str) -> None:
    [(_, *found)] = read(text, direct=True)
    assert found == [speaker, cue]


def test_a_quotation_that_stands_alone_has_the_speaker_of_the_one_before() -> None:
    text = "“We are ready,” Putin said. “We have waited long enough.”"
    assert [speaker for _, speaker, _ in read(text, direct=True)] == ["Putin", "Putin"]


def test_titles_and_scare_quotes_have_no_speaker() -> None:
    assert read("He spoke to “The Late Show” there.", direct=True) == [("The Late Show", "", "")]
    assert read("The “frozen” conflict goes on.", direct=True) == [("frozen", "", "")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('He said "it is "over" now" today.', "it is"),
        ("„Wir gehen“, sagte er.", "Wir gehen"),
        ("« Nous partons », dit-il.", "Nous partons"),
        ("»Wir gehen«, sagte er.", "Wir gehen"),
        ("``We go,'' he said.", "We go,"),
        ("“We go and never\n\nclose it", "We go and never"),
        ("“No intentions. He was clear. The two “agreed on” it.", "No intentions."),
    ],
)
def test_marks_of_all_kinds_balanced_or_not(text: str, said: str) -> None:
    assert text[quotes(text)[0].start : quotes(text)[0].end] == said


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("Putin said the talks had failed.", "Putin", "the talks had failed"),
        ("Macron told reporters on Monday that Russia would leave.", "Macron", "Russia would leave"),
        ("Russia would leave Belarus, Macron said on Monday.", "Macron", "Russia would leave Belarus"),
        ("According to Kiev, there were 100 violations.", "Kiev", "there were 100 violations"),
        ("The summit will be held soon, according to the Elysee.", "the Elysee", "The summit will be held soon"),
    ],
)  # fmt: skip
def test_indirect_speech(text: str, speaker: str, content: str) -> None:
    assert [(c, s) for c, s, _ in read(text, direct=False)] == [(content, speaker)]


@pytest.mark.parametrize("text", ["Putin met Macron.", "He continued to work.", "The Said family."])
def test_what_is_no_speech(text: str) -> None:
    assert quotes(text) == []


_WORDS = st.sampled_from(
    [
        "“",
        "”",
        '"',
        "«",
        "»",
        "„",
        "said",
        "told",
        "Putin",
        "that",
        ",",
        ".",
        "according",
        "to",
        "\n\n",
        "the",
        "minister",
        "saying",
        "(",
        ")",
        "``",
        "''",
        "Reuters,",
    ]
)


@given(st.lists(st.one_of(_WORDS, st.text(max_size=4)), max_size=40).map(" ".join))
def test_spans_hold_for_any_text(text: str) -> None:
    for found in quotes(text):
        assert 0 <= found.start < found.end <= len(text)
        for start, end in (
            (found.speaker_start, found.speaker_end),
            (found.cue_start, found.cue_end),
        ):
            assert (start, end) == (-1, -1) or 0 <= start < end <= len(text)


@pytest.mark.parametrize("unit", ['"a ', "“", "said, ", "Putin, ", "the N ", "according to ", "a-"])
def test_hostile_repetition_is_harmless(unit: str) -> None:
    quotes(unit * (20_000 // len(unit)))


@pytest.mark.parametrize(
    ("lang", "text", "speaker"),
    [
        ("es", "“Es grave”, dijo el presidente Pedro Sánchez.", "el presidente Pedro Sánchez"),
        ("es", "Según la OTAN, hay cien tanques.", "la OTAN"),
        ("fr", "« Nous partons », a déclaré Emmanuel Macron.", "Emmanuel Macron"),
        (
            "de",
            "„Wir gehen“, sagte Bundeskanzler Olaf Scholz am Montag.",
            "Bundeskanzler Olaf Scholz",
        ),
        ("de", "Der Sprecher erklärte, dass die Gespräche weitergehen.", "Der Sprecher"),
        ("pt", "“Não haverá guerra”, disse o presidente Lula.", "o presidente Lula"),
        ("it", "«Non ci sarà guerra», ha detto il premier Draghi.", "il premier Draghi"),
        ("ru", "«Мы уходим», — заявил президент Владимир Путин.", "президент Владимир Путин"),
        ("ru", "Песков сообщил, что переговоры продолжаются.", "Песков"),
        ("uk", "«Ми готові», — сказав Зеленський.", "Зеленський"),
        ("ar", "وقال الرئيس إن المحادثات مستمرة حتى اليوم.", "الرئيس"),
    ],
)
def test_other_languages(lang: str, text: str, speaker: str) -> None:
    [found] = quotes(text, lang)
    assert text[found.speaker_start : found.speaker_end] == speaker


def test_marks_are_read_in_any_language() -> None:
    [found] = quotes("«Мы уходим», — сказал он.", "xx")
    assert (found.start, found.end, found.speaker_start) == (1, 10, -1)
