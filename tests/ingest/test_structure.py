"""Plain text: title, body, and the lines that are neither."""

from __future__ import annotations

from datetime import date

import pytest

from tasks.ingest.dateline import dateline_of
from tasks.ingest.published import InFigures, Window
from tasks.ingest.structure import Structure, take_apart
from tasks.ingest.unwrap import paragraphs_of

PROSE = "The foreign ministers of both countries met in Vienna on Monday and agreed to meet again."
MORE = "They will discuss the exchange of prisoners and the opening of a road, both sides said."
WINDOW = Window(date(1900, 1, 1), date(2026, 1, 1))


def parts(*lines: str, title: str | None = None) -> Structure:
    return take_apart("\n".join(lines), title, WINDOW)


@pytest.mark.parametrize(
    "line",
    [
        "Ministers meet in Vienna",
        "# Ministers meet in Vienna",
        "Will the ministers meet?",
        "Minister: “We will meet”",
        "Außenminister treffen sich in Wien",
        "外长在维也纳会晤",
    ],
)
def test_a_headline(line: str) -> None:
    found = parts(line, PROSE)
    assert found.title == line.lstrip("# ")
    assert found.body == PROSE


@pytest.mark.parametrize("line", [MORE, "and so they met", "VIENNA (Reuters) - They met"])
def test_no_headline(line: str) -> None:
    assert parts(line, PROSE).title is None


def test_a_text_of_one_line_has_no_headline() -> None:
    assert parts("Ministers meet in Vienna").body == "Ministers meet in Vienna"


def test_a_line_that_repeats_the_title_is_set_aside() -> None:
    found = parts("Ministers meet", PROSE, title="Ministers meet")
    assert found.body == PROSE
    assert found.set_aside == ["Ministers meet"]


@pytest.mark.parametrize(
    "line",
    [
        "Published: 20 February 2022",
        "Date published 2022-02-20 17:30",
        "Publié le 20 février 2022",
        "Veröffentlicht am 20.02.2022",
        "Опубликовано: 20 февраля 2022, 14:05",
        "Sunday 20 February 2022",
        "20.02.2022 17:30",
        "Reuters | Feb 20, 2022 5:16pm EST",
        "This story is from February 20, 2022",
        "Date Created 20/02/2022",
    ],
)
def test_a_date_line_in_the_header(line: str) -> None:
    found = parts("Ministers meet", line, PROSE, MORE)
    assert (found.published.day, found.published.basis) == (date(2022, 2, 20), "header")
    assert found.body == f"{PROSE}\n\n{MORE}"
    assert line in found.set_aside


def test_a_label_on_one_line_and_its_date_on_the_next() -> None:
    found = parts("Ministers meet", PROSE, MORE, "Date Created", "", "02/20/2022")
    assert found.published.text == "Date Created 02/20/2022"
    assert found.published.day == date(2022, 2, 20)


def test_a_label_with_text_behind_it() -> None:
    found = parts(f"date 2022-02-20 VIENNA – {PROSE}", MORE)
    assert found.body == f"{PROSE}\n\n{MORE}"
    assert found.set_aside == ["date 2022-02-20", "VIENNA –"]
    assert found.published.basis == "header"


@pytest.mark.parametrize(
    "lines",
    [
        ("Updated: 20 February 2022", PROSE),  # when it was changed, not published
        (PROSE, "It was the worst attack since 20 February 2022, officials in the capital said."),
        ("Posted on 2 May 2021", "Posted on 3 June 2021", PROSE),  # a list of links
        (
            "20 February 2022",
            "News",
            "Sport",
            "Culture",
            "Weather",
            PROSE,
        ),  # today, on a site's header
    ],
)
def test_no_guess(lines: tuple[str, ...]) -> None:
    found = parts("Ministers meet", *lines, MORE)
    assert (found.published.day, found.published.basis) == (None, "none")


def test_a_day_and_month_in_doubt_keep_both_readings() -> None:
    found = parts("Ministers meet", "Date: 02/05/2022", PROSE, MORE).published
    assert (found.day, found.basis, found.text) == (None, "ambiguous", "Date: 02/05/2022")
    assert found.figures == InFigures("header /", date(2022, 5, 2), date(2022, 2, 5))


def test_two_labels_in_doubt_that_cannot_be_one_day_say_nothing() -> None:
    found = parts("Date: 02/05/2022", "Posted on 03/06/2022", PROSE, MORE).published
    assert (found.day, found.basis) == (None, "none")
    same = parts("Date: 02/05/2022", "Posted on 2 May 2022", PROSE, MORE).published
    assert (same.day, same.basis) == (date(2022, 5, 2), "header")


def test_the_order_of_day_and_month_is_taken_from_the_other_dates() -> None:
    assert parts("Date: 02/05/2022", PROSE, "Photo: 6/16/2021 REUTERS/Ann").published.day == date(
        2022, 2, 5
    )
    assert parts("Date: 02/05/2022", PROSE, "Photo: 16/6/2021 REUTERS/Ann").published.day == date(
        2022, 5, 2
    )


@pytest.mark.parametrize(
    "line",
    [
        "Jets fly over the base, Feb. 19, 2022. (AP Photo)",
        "The ministers in Vienna REUTERS/Leonhard Foeger photo: Reuters",
        "FILE PHOTO: The ministers meet in Vienna",
        "A soldier at the border. Sergei Supinsky/AFP via Getty Images",
        "*With international agencies",
        "Le Monde with AFP",
        "/Media reports.",
        "(Reuters)",
        "The Associated Press contributed to this report.",
        "Source link -83",
        "Share this article",
        "Advertisement",
        "Read more: Talks to go on",
        "Slideshow (3 images)",
        "* * *",
        "___",
        "© 2022 The Daily",
        "Editor's note: A name was corrected.",
    ],
)
@pytest.mark.parametrize("place", ["head", "tail"])
def test_a_line_that_is_no_text(line: str, place: str) -> None:
    lines = (line, PROSE, MORE) if place == "head" else (PROSE, MORE, line)
    found = parts("Ministers meet", *lines)
    assert found.body == f"{PROSE}\n\n{MORE}"
    assert found.set_aside == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Published reports say that the ministers had met before, in Geneva and in Istanbul.",
        "Tags of the soldiers were handed over.",
        "By Monday the road was open.",
        "Reuters reported that the road was open.",
        "NATO – which had warned of this – said nothing.",
        "Share prices fell by a tenth after the news, and the central bank raised its rate.",
    ],
)
def test_a_sentence_stays(line: str) -> None:
    assert line in parts("Ministers meet", PROSE, line, MORE).body
    assert line in parts("Ministers meet", PROSE, MORE, line).body


def test_byline_and_tags() -> None:
    found = parts(
        "Ministers meet", "By Ann Example and Bob van Test", PROSE, MORE,
        "Category", "1. World", "2. Main", "Tags: Austria, talks",
    )  # fmt: skip
    assert found.author == "Ann Example and Bob van Test"
    assert found.tags == ["World", "Main", "Austria", "talks"]
    assert found.body == f"{PROSE}\n\n{MORE}"


@pytest.mark.parametrize(
    ("line", "dateline"),
    [
        ("PARIS – The government", "PARIS"),
        ("LIMA, Peru (Reuters) - The company", "LIMA, Peru (Reuters)"),
        ("Moscow, Feb 20 (Reuters) - Russia", "Moscow, Feb 20 (Reuters)"),
        ("МОСКВА, 20 февраля. /ТАСС/. Президент", "МОСКВА, 20 февраля. /ТАСС/."),
        ("(AFP) - The government", "(AFP)"),
        ("MOSCOW, May 31, 2023 (Wire) – Russia", "MOSCOW, May 31, 2023 (Wire)"),
        ("تبليسي - اتفق وزيرا", "تبليسي"),
        ("PARIS/LONDON, Feb 19 (Reuters) - Talks", "PARIS/LONDON, Feb 19 (Reuters)"),
    ],
)
def test_a_dateline(line: str, dateline: str) -> None:
    found = dateline_of(line)
    assert found is not None
    assert found.text == dateline


@pytest.mark.parametrize(
    "line",
    [
        "FILE - A man",
        "Macron – the president – said",
        "UN: hundreds flee",
        "On February 20 – a Sunday – they met",
    ],
)
def test_no_dateline(line: str) -> None:
    assert dateline_of(line) is None


def test_a_full_date_in_the_dateline_is_that_of_publication() -> None:
    found = parts("Ministers meet", f"VIENNA, Feb. 20, 2022 (AP) -- {PROSE}", MORE)
    assert (found.published.day, found.published.basis) == (date(2022, 2, 20), "dateline")
    assert found.body.startswith(PROSE)


def test_only_english_is_unsure_which_number_is_the_month() -> None:
    assert parts("Titre", "Publié le 02/05/2022", PROSE).published.day == date(2022, 5, 2)
    assert parts("Title", "Published on 02/05/2022", PROSE).published.day is None


def test_no_language_but_english_puts_the_month_first() -> None:
    text = "Os ministros dos dois países reuniram-se em Viena na segunda-feira e concordaram. " * 4
    assert parts("Título", "02/05/2022 16h57", text).published.day == date(2022, 5, 2)
    assert parts("Title", "02/05/2022 16:57", f"{PROSE} {MORE} {PROSE}").published.day is None


def test_a_header_of_wire_copy() -> None:
    found = parts(
        "-- Ministers meet in Vienna",
        "-- By Ann Example",
        "-- Sun Feb 20, 2022 5:16pm EST",
        "-- https://www.example.org/talks",
        "",
        PROSE,
        MORE,
    )
    assert found.title == "Ministers meet in Vienna"
    assert found.author == "Ann Example"
    assert found.published.day == date(2022, 2, 20)
    assert found.url == "https://www.example.org/talks"
    assert found.body == f"{PROSE}\n\n{MORE}"


def test_hard_wrapped_text_is_joined() -> None:
    wrapped = (
        "The foreign ministers of both countries met in Vienna on\n"
        "Monday and agreed to meet again, in what diplomats called a\n"
        "sign that the talks, which had stalled in the autumn, may go\n"
        "on until a treaty is signed.\n\n"
        "Neither side gave details of the road that is to be opened\n"
        "or of the prisoners that are to be exchanged.\n"
    )
    found, joined = paragraphs_of(wrapped)
    assert [p.count("\n") for p in found] == [0, 0]
    assert found[0].endswith("may go on until a treaty is signed.")
    assert joined == 4


def test_lines_that_are_paragraphs_stay_apart() -> None:
    lines = [PROSE, MORE, "Crosshead", PROSE, MORE]
    assert paragraphs_of("\n".join(lines)) == (lines, 0)
