"""The report page in a real Chromium."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.publish.browser import Page
from tests.publish.newsroom import HOSTILE, World

ROWS = "#event-rows tr[data-row]"
# Roles that a reader can use, each of which has to say what it is.
USABLE = {"button", "link", "searchbox", "combobox", "checkbox", "radio", "Date", "textbox"}
# Text and what it stands on; AA of WCAG 2.2 asks for 4.5.
TEXTS = [
    ("--ink", "--panel"), ("--ink", "--paper"), ("--muted", "--panel"), ("--muted", "--paper"),
    ("--accent", "--panel"),
    *(("--ink", f"--{mark}") for mark in ("source", "target", "trigger", "date", "place", "number")),
]  # fmt: skip
CONTRAST = """(pairs) => {
    const channel = (c) => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    const probe = document.body.appendChild(document.createElement("i"));
    const light = (name) => {
        probe.style.color = `var(${name})`;
        const [r, g, b] = getComputedStyle(probe).color.match(/[\\d.]+/g).map((n) => channel(n / 255));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    return pairs.map(([a, b]) => {
        const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
        return (high + 0.05) / (low + 0.05);
    });
}"""


def found(page: Page) -> int:
    """How many events the page says it found."""
    text = page.run("element('found').textContent")
    return int(text.split(" of ")[0].replace(",", ""))


def choose(page: Page, field: str, value: str) -> None:
    """Set a field of the filters as a reader does, and wait for the table."""
    page.run(
        f"filters.elements[{field!r}].value = {json.dumps(value)};"
        f"filters.elements[{field!r}].dispatchEvent(new Event('input', {{bubbles: true}}))"
    )
    page.run("new Promise((done) => setTimeout(done, 300))")


def test_the_page_works_alone_and_without_a_complaint(page: Page, world: World) -> None:
    assert page.requests() == []
    assert page.complaints() == []
    assert found(page) == len(world.events)
    for chart in ("timeline", "network", "map"):
        assert page.run(f"document.querySelectorAll('#chart-{chart} .marks path').length") > 10
        assert page.run(f"document.querySelector('#chart-{chart} .picture')") is None


def test_hostile_text_is_shown_as_text(page: Page) -> None:
    choose(page, "search", "onerror")
    assert found(page) == 1
    page.run(f"document.querySelector('{ROWS} .unfold').click()")
    page.wait("document.querySelector('.evidence blockquote')")
    assert (
        page.run(f"document.querySelector('{ROWS} td:nth-child(3) .main').textContent") == HOSTILE
    )
    assert HOSTILE in page.run("document.querySelector('.evidence').textContent")
    links = page.run("[...document.querySelectorAll('.evidence a')].map((a) => a.protocol)")
    assert set(links) <= {"https:"}
    assert page.run("typeof window.hacked") == "undefined"


def test_a_row_unfolds_by_keyboard_to_its_marked_sentences(page: Page, world: World) -> None:
    choose(page, "search", world.events[0]["event_id"])
    assert found(page) == 1
    page.run(f"document.querySelector('{ROWS} .unfold').focus()")
    page.key("Enter", 13)
    page.wait("document.querySelector('.evidence blockquote')")
    event = world.events[0]
    marked = "document.querySelector('.evidence blockquote mark.{}').lastChild.textContent"
    assert page.run(marked.format("source")) == event["source_text"]
    assert page.run(marked.format("target")) == event["target_text"]
    assert page.run(marked.format("place")) == event["place_name"]
    assert page.run("document.activeElement.getAttribute('aria-expanded')") == "true"
    best = next(m for m in world.mentions if m["mention_id"] == event["best_mention_id"])
    quote = (
        "[...document.querySelector('.evidence blockquote').cloneNode(true).childNodes]"
        ".map((n) => n.lastChild ? n.lastChild.textContent : n.textContent).join('')"
    )
    assert page.run(quote) == best["sentence"]
    page.key("Enter", 13)
    assert page.run("document.querySelector('.evidence')") is None


def test_search_finds_words_of_sentences_without_case_or_accents(page: Page) -> None:
    everything = found(page)
    choose(page, "search", "OFFICIALS said")
    assert found(page) == everything
    choose(page, "search", "mäcron")
    assert 0 < found(page) < everything
    choose(page, "search", "no such word at all")
    assert found(page) == 0
    assert "No event fits" in page.run("element('event-rows').textContent")


def test_filters_count_as_the_release_does(page: Page, world: World) -> None:
    choose(page, "status", "denied")
    assert found(page) == sum(e["status"] == "denied" for e in world.events)
    choose(page, "independent", "2")
    assert found(page) == sum(
        e["status"] == "denied" and e["n_independent"] >= 2 for e in world.events
    )
    page.run("document.querySelector('#filters button[type=reset]').click()")
    page.wait(f"element('found').textContent.startsWith('{len(world.events)} of')")
    choose(page, "from", "2026-10-01")
    choose(page, "to", "2026-10-31")
    first, last = date(2026, 10, 1), date(2026, 10, 31)
    assert found(page) == sum(
        bool(e["date_start"]) and e["date_start"] <= last and e["date_end"] >= first
        for e in world.events
    )


def test_columns_sort_both_ways_with_unknown_values_last(page: Page) -> None:
    shown = f"[...document.querySelectorAll('{ROWS}')].map((r) => r.children[6].textContent)"
    header = "document.querySelector('th[data-column=goldstein]')"
    for direction in ("descending", "ascending"):
        page.run(f"{header}.querySelector('button').click()")
        assert page.run(f"{header}.getAttribute('aria-sort')") == direction
        scores = [float(text.replace("−", "-")) for text in page.run(shown)]
        assert scores == sorted(scores, reverse=direction == "descending")
    page.run("document.querySelector('th[data-column=date] button').click()")
    page.run("page = 1e9; showPage()")
    last = page.run(f"document.querySelector('{ROWS}:last-child td.when').textContent")
    assert "not stated" in last


def test_charts_lead_to_their_events(page: Page, world: World) -> None:
    ask = "document.querySelector('#network details button[data-ask]')"
    a, b = page.run(f"Object.values(JSON.parse({ask}.dataset.ask))")
    page.run(f"{ask}.click()")
    pairs = [{e["source_country"], e["target_country"]} for e in world.events]
    assert found(page) == sum(pair == {a, b} for pair in pairs)
    assert page.run("document.activeElement.id") == "found"
    page.run("document.querySelector('.chip').click()")
    assert found(page) == len(world.events)
    place = page.run("(() => { const b = document.querySelector('#map details button[data-ask]'); b.click(); return b.textContent; })()")  # fmt: skip
    assert found(page) == sum(e["place_name"] == place for e in world.events)


def middle_of(page: Page, expression: str) -> tuple[float, float, float]:
    """Where an element is on the screen, scrolled into view: x and y of its middle, its width."""
    page.run(f"{expression}.scrollIntoView({{block: 'center', behavior: 'instant'}})")
    box = page.run(f"(({expression}).getBoundingClientRect().toJSON())")
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, box["width"]


def test_a_span_of_time_marked_with_the_mouse_filters_the_table(page: Page, world: World) -> None:
    x, y, width = middle_of(page, "document.querySelector('#chart-timeline svg')")
    page.drag((x - width / 5, y), (x + width / 5, y))
    page.wait("filters.elements.from.value && filters.elements.to.value")
    page.wait(f"!element('found').textContent.startsWith('{len(world.events)} of')")
    first, last = (
        date.fromisoformat(page.run(f"filters.elements['{side}'].value")) for side in ("from", "to")
    )
    assert first < last
    assert found(page) == sum(
        bool(e["date_start"]) and e["date_start"] <= last and e["date_end"] >= first
        for e in world.events
    )


def test_a_country_of_the_network_leads_to_its_events(page: Page, world: World) -> None:
    names = "[...document.querySelectorAll('#chart-network svg text')]"
    x, y, _ = middle_of(page, f"{names}.filter((t) => t.textContent === 'Ukraine').at(-1)")
    page.drag((x, y), (x, y))
    page.wait("document.querySelector('.chip')")
    assert found(page) == sum(
        "UKR" in (e["source_country"], e["target_country"]) for e in world.events
    )


def test_the_table_of_filtered_events_is_handed_on_as_csv(page: Page) -> None:
    page.run(
        "Blob = class extends Blob { constructor(p, o) { super(p, o); window.saved = p.join(''); } }"
    )
    choose(page, "search", "onerror")
    page.run("downloadCsv()")
    header, line = page.run("window.saved").splitlines()
    assert header.split(",")[0] == "date_start"
    assert line.startswith("2026-11-21,")
    assert page.run("""csvCell('=HYPERLINK("x")')""") == '''"'=HYPERLINK(""x"")"'''


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_can_be_read_in_both_themes(page: Page, theme: str) -> None:
    page.run(f"document.documentElement.dataset.theme = '{theme}'")
    ratios = page.run(f"({CONTRAST})({json.dumps(TEXTS)})")
    weak = {pair: ratio for pair, ratio in zip(TEXTS, ratios, strict=True) if ratio < 4.5}
    assert weak == {}


def test_everything_usable_says_what_it_is(page: Page) -> None:
    tree = page.call("Accessibility.getFullAXTree")["nodes"]
    usable = [n for n in tree if not n["ignored"] and n["role"]["value"] in USABLE]
    assert len(usable) > 60
    assert [n for n in usable if not n.get("name", {}).get("value")] == []
    roles = {n["role"]["value"] for n in tree if not n["ignored"]}
    assert {"main", "navigation", "search", "table", "columnheader", "image"} <= roles


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_no_width_makes_the_page_scroll_sideways(page: Page, width: int) -> None:
    page.call("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=False)  # fmt: skip
    page.run("new Promise((done) => setTimeout(done, 300))")
    assert page.run("document.documentElement.scrollWidth") <= width


def test_without_scripts_the_pictures_stand(html: Path) -> None:
    text = html.read_text("utf-8")
    assert text.count('<div class="picture" aria-hidden="true"><svg') == 3
    assert "<noscript>" in text
