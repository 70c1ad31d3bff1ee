"""From texts to events: what reads like one event is one, what the text tells apart is not."""

from __future__ import annotations

from datetime import date

from tasks import schemas
from tasks.aggregate import aggregate
from tasks.events import code_articles
from tasks.identity import digest128

Call = tuple[date, str | None, str | None, int, int]


def calls(*texts: tuple[str, str]) -> list[Call]:
    """Return the calls that texts, each with its day of publication, report: when, who, whom, n."""
    articles = schemas.rows_to_table([_article(*t) for t in texts], schemas.ARTICLES)
    made = aggregate(code_articles(articles), schemas.empty(schemas.COPIES), articles).events
    return sorted(
        (e["date_start"], e["source_actor"], e["target_actor"], e["n_articles"], e["n_independent"])
        for e in made.to_pylist()
        if (e["plover"], e["mode"], e["status"]) == ("CONSULT", "phone", "actual")
    )


def _article(day: str, text: str) -> dict[str, object]:
    name = digest128(day, text)
    return {
        "article_id": name,
        "source_uri": name,
        "publisher": f"{name[:8]}.example",
        "body": text,
        "published_date": date.fromisoformat(day),
        "published_precision": "day",
        "published_basis": "metadata",
        "lang": "en",
        "content_hash": name,
        "n_chars": len(text),
    }


TUESDAY, THURSDAY = date(2023, 3, 14), date(2023, 3, 16)
FIRST = "French President Emmanuel Macron spoke by telephone with Ukrainian President Volodymyr Zelensky on Tuesday."


def test_a_name_an_office_and_a_capital_meet_in_one_call() -> None:
    found = calls(
        ("2023-03-15", FIRST),
        ("2023-03-15", "The French president called Volodymyr Zelensky on Tuesday to discuss aid."),
        ("2023-03-15", "Paris held a telephone conversation with Kyiv on Tuesday."),
        ("2023-03-14", "Macron held a phone call with Zelenskyy on Tuesday, the Elysee said."),
    )
    assert found == [(TUESDAY, "FRAGOV", "UKRGOV", 4, 4)]


def test_a_second_call_two_days_later_is_told_apart() -> None:
    again = "Macron spoke again by phone with Zelensky on Thursday."
    both = "Macron and Zelensky spoke by phone again on Thursday, two days after their first call."
    found = calls(("2023-03-14", FIRST), ("2023-03-16", again), ("2023-03-17", both))
    assert found == [
        (TUESDAY, "FRAGOV", "UKRGOV", 1, 1),
        (THURSDAY, "FRAGOV", "UKRGOV", 2, 2),
    ]


def test_what_the_two_did_next_is_not_added_to_their_call() -> None:
    text = f"{FIRST} The two leaders spoke again on Thursday."
    first = calls(("2023-03-16", text), ("2023-03-15", FIRST))[0]
    assert first == (TUESDAY, "FRAGOV", "UKRGOV", 2, 2)


def test_forty_outlets_report_one_call() -> None:
    ways = (
        FIRST,
        "Macron held a phone call with Zelenskyy on Tuesday.",
        "Emmanuel Macron telephoned Volodymyr Zelensky on Tuesday.",
        "Zelensky and Macron spoke by telephone on Tuesday.",
    )
    texts = [("2023-03-15", f"{ways[i % 4]} This is report number {i}.") for i in range(40)]
    found = calls(*texts)
    assert [(day, n) for day, _, _, n, _ in found] == [(TUESDAY, 40)]
