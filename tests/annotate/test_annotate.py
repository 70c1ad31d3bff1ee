"""The whole annotator: one text in, all spans exact; and the filter over records."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.annotate import annotate, annotate_records

TEXT = (
    "Macron, Putin agree to talk\n\n"
    "French President Emmanuel Macron called Vladimir Putin on Sunday. “We must talk,” Macron "
    "said in Paris. More than 14,000 people were killed."
)


def test_everything_is_found_at_its_offsets() -> None:
    found = annotate(TEXT, published=date(2022, 2, 21))
    headline = found.sentences[0]
    assert TEXT[headline.start : headline.end] == "Macron, Putin agree to talk"
    assert {a.code for a in found.actors} >= {"FRAGOV", "RUSGOV"}
    assert [(d.text, d.first) for d in found.dates] == [("Sunday", date(2022, 2, 20))]
    assert "Paris" in [p.text for p in found.places]
    assert [(q.kind, q.low) for q in found.quantities] == [("killed", 14_000)]
    assert [TEXT[q.start : q.end] for q in found.quotes] == ["We must talk,"]


def test_the_filter_speaks_json() -> None:
    [record] = annotate_records([{"id": 7, "text": TEXT, "date": "2022-02-21T10:00:00Z"}])
    assert record["id"] == 7
    assert record["lang"] == "en"
    assert 0 < record["lang_confidence"] <= 1
    assert record["dates"][0]["from"] == record["dates"][0]["to"] == "2022-02-20"
    assert json.loads(json.dumps(record)) == record


def test_order_and_company_change_nothing() -> None:
    records = [{"id": i, "text": t, "lang": "en"} for i, t in enumerate(TEXT.split(". "))]
    forwards = list(annotate_records(records))
    assert list(annotate_records(records[::-1]))[::-1] == forwards


@settings(deadline=None)
@given(st.text(), st.sampled_from(["en", "ru", "ar", "xx", "und"]))
def test_every_span_holds_its_text(text: str, lang: str) -> None:
    found = annotate(text, published=date(2022, 2, 21), lang=lang)
    assert len(found.masked) == len(text)
    for span in (*found.actors, *found.dates, *found.places, *found.quantities):
        assert span.text == found.masked[span.start : span.end]
    for sentence in found.sentences:
        assert text[sentence.start : sentence.end].strip()


@pytest.mark.parametrize(
    "text",
    [
        "x" * 50_000,
        "\x00\x07" * 5_000,
        '"“«' * 5_000,
        "Я中aب" * 5_000,
        "a.B " * 5_000,
        "(" * 20_000,
    ],
)
def test_bad_input_is_read_in_bounded_time(text: str) -> None:
    assert len(annotate(text).masked) == len(text)
