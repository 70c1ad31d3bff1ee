"""A made-up world that reports on itself: releases of any size for the report page."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import duckdb

from tasks import schemas
from tasks.identity import digest128
from tasks.publish.report.names import read_seed
from tasks.settings import SQL
from tasks.summarize import read_mart, run_models
from tasks.warehouse import Release, Warehouse, release_id

Row = dict[str, Any]
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
LAST_DAY = date(2026, 11, 20)
HOSTILE = "<script>window.hacked = 1</script></script><img src=x onerror='window.hacked = 1'>"

# code, country, role, words
ACTORS = [
    ("RUSGOV", "RUS", "GOV", "Moscow"), ("UKRGOV", "UKR", "GOV", "President Zelensky"),
    ("UKRMIL", "UKR", "MIL", "Ukrainian troops"), ("RUSMIL", "RUS", "MIL", "Russian forces"),
    ("FRAGOV", "FRA", "GOV", "Macron"), ("DEUGOV", "DEU", "GOV", "Scholz"),
    ("USAGOV", "USA", "GOV", "Washington"), ("CHNGOV", "CHN", "GOV", "Beijing"),
    ("IGONAT", "NAT", "IGO", "NATO"), ("IGOEUR", "EUR", "IGO", "the European Union"),
    ("IGOUNO", "UNO", "IGO", "the United Nations"), ("TURGOV", "TUR", "GOV", "Ankara"),
    ("ISRMIL", "ISR", "MIL", "the Israeli army"), ("PSEREB", "PSE", "REB", "Hamas"),
    ("IRNGOV", "IRN", "GOV", "Tehran"), ("SDNREB", "SDN", "REB", "the RSF"),
    ("SDNMIL", "SDN", "MIL", "the Sudanese army"), ("EGYGOV", "EGY", "GOV", "Cairo"),
    ("POLGOV", "POL", "GOV", "Warsaw"), ("GBRGOV", "GBR", "GOV", "London"),
]  # fmt: skip
# name, country, admin1, latitude, longitude
PLACES = [
    ("Kyiv", "UKR", "12", 50.45, 30.52), ("Moscow", "RUS", "48", 55.75, 37.62),
    ("Donetsk", "UKR", "05", 48.02, 37.8), ("Kharkiv", "UKR", "07", 49.98, 36.25),
    ("Paris", "FRA", "11", 48.85, 2.35), ("Geneva", "CHE", "GE", 46.2, 6.15),
    ("Khartoum", "SDN", "29", 15.55, 32.53), ("Gaza", "PSE", "GZ", 31.5, 34.47),
    ("New York City", "USA", "NY", 40.71, -74.01), ("Istanbul", "TUR", "34", 41.01, 28.95),
    ("Beijing", "CHN", "22", 39.91, 116.4), ("Warsaw", "POL", "78", 52.23, 21.01),
]  # fmt: skip
# CAMEO code, verb; the sentence is "<source> <verb> <target> in <place> on <date>."
ACTS = [
    ("041", "called"), ("042", "visited"), ("057", "signed an agreement with"),
    ("071", "gave economic aid to"), ("112", "accused"), ("1121", "accused of a crime"),
    ("138", "threatened to attack"), ("163", "imposed sanctions on"), ("190", "attacked"),
    ("194", "shelled"), ("036", "agreed to meet"), ("111", "criticised"),
]  # fmt: skip
CAMEO = {row["code"]: row for row in read_seed("ontology/cameo.csv")}
PUBLISHERS = [f"{name}.example" for name in ("herald", "courier", "presse", "zeitung", "vestnik")]
STATUS = ["actual"] * 8 + ["planned", "denied"]
# Where an event is known to the month only, or not at all.
BLURRED = {7: "month", 11: "none"}


@dataclass
class World:
    """Rows of all tables, and the dice that fell for them."""

    dice: Random
    articles: list[Row] = field(default_factory=list)
    mentions: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    links: list[Row] = field(default_factory=list)
    copies: list[Row] = field(default_factory=list)


def build_world(n_events: int, *, days: int = 300, seed: int = 7) -> World:
    """Events over the last `days` days, each reported by one to four articles."""
    world = World(Random(seed))
    for number in range(n_events):
        add_event(world, number, LAST_DAY - timedelta(days=world.dice.randrange(days)))
    return world


def add_event(world: World, number: int, day: date, **more: Any) -> Row:
    """Add an event with its reports; `more` overrules columns of the event and its mentions."""
    dice = world.dice
    source, target = dice.sample(ACTORS[: 6 if dice.random() < 0.6 else None], 2)
    act, place = dice.choice(ACTS), dice.choice(PLACES)
    coded = {**_party("source", source), **_party("target", target), **_act(act[0])}
    coded |= {"status": dice.choice(STATUS), **_when(number, day), **_where(place), **more}
    reports = [
        _report(world, f"{number}-{n}", day, (source, act[1], target, place[0]), coded)
        for n in range(dice.choice((1, 1, 1, 2, 2, 4)))
    ]
    event = _event(number, coded, reports)
    world.events.append(event)
    world.links += [_link(event, m, n == 0 or n % 2 == 0) for n, m in enumerate(reports)]
    return event


def _party(side: str, actor: tuple[str, str, str, str]) -> Row:
    names = (f"{side}_actor", f"{side}_country", f"{side}_role", f"{side}_text")
    return dict(zip(names, actor, strict=True))


def _act(cameo: str) -> Row:
    code = CAMEO[cameo]
    return {
        "plover": code["plover"] or None,
        "mode": code["mode"] or None,
        "cameo": cameo,
        "quad_class": int(code["quad_class"]),
        "goldstein": float(code["goldstein"]),
        "is_reciprocal": cameo.startswith("04"),
    }


def _when(number: int, day: date) -> Row:
    blur = BLURRED.get(number % 13)
    first, last = {
        None: (day, day),
        "month": (day.replace(day=1), day.replace(day=28)),
        "none": (None, None),
    }[blur]
    return {
        "date_start": first,
        "date_end": last,
        "date_precision": blur or "day",
        "date_basis": "none" if blur == "none" else "stated",
    }


def _where(place: tuple[str, str, str, float, float]) -> Row:
    names = ("place_name", "place_country", "admin1", "lat", "lon")
    return dict(zip(names, place, strict=True)) | {"place_basis": "stated"}


def _report(
    world: World, name: str, day: date, words: tuple[Any, str, Any, str], coded: Row
) -> Row:
    (source, verb, target, place), date_text = words, f"on {day:%d %B}"
    sentence = f"{source[3]} {verb} {target[3]} in {place} {date_text}, officials said."
    body = f"{place} (Example) 🕊\n\n{sentence}\n\nThe report {name} ends here."
    article = _article(world, name, day, body)
    begin = body.index(sentence)
    mention = coded | {
        "mention_id": digest128("mention", name),
        "article_id": article["article_id"],
        "published_date": article["published_date"],
        "lang": article["lang"],
        "sentence_index": 1,
        "start": begin,
        "end": begin + len(sentence),
        "sentence": sentence,
        **_span("source", body, source[3], begin),
        **_span("target", body, target[3], begin),
        **_span("trigger", body, verb, begin),
        **_span("date_text", body, date_text, begin),
        **_span("place_text", body, place, body.index(f" in {place} ", begin)),
        "attribution": {"text": "officials", "verb": "said", "quoted": False},
        "rule": "en/verbs.csv:12",
        "confidence": round(world.dice.uniform(0.4, 0.99), 2),
    }
    world.mentions.append(mention)
    return mention


def _span(side: str, body: str, words: str, after: int) -> Row:
    begin = body.index(words, after)
    return {f"{side}_start": begin, f"{side}_end": begin + len(words)}


def _article(world: World, name: str, day: date, body: str) -> Row:
    publisher = world.dice.choice(PUBLISHERS)
    row = {
        "article_id": digest128("article", name),
        "source_uri": f"inbox/{name}.txt",
        "url": f"https://{publisher}/news/{name}" if world.dice.random() < 0.8 else None,
        "publisher": publisher,
        "title": f"Report {name}",
        "body": body,
        "published_date": day + timedelta(days=1),
        "published_precision": "day",
        "published_basis": "header",
        "lang": world.dice.choice(("en", "en", "fr", "uk")),
        "content_hash": digest128(body),
        "n_chars": len(body),
    }
    world.articles.append(row)
    own = row["article_id"]
    world.copies.append(
        {"article_id": own, "cluster_id": own, "canonical_id": own, "relation": "original"}
    )
    return row


def _event(number: int, coded: Row, reports: list[Row]) -> Row:
    days = [m["published_date"] for m in reports]
    independent = len(reports[::2]) if len(reports) > 1 else 1
    return coded | {
        "event_id": digest128("event", str(number)),
        "n_mentions": len(reports),
        "n_articles": len(reports),
        "n_independent": independent,
        "n_publishers": independent,
        "languages": sorted({m["lang"] for m in reports}),
        "first_reported": min(days),
        "last_reported": max(days),
        "best_mention_id": reports[0]["mention_id"],
        "confidence": reports[0]["confidence"],
    }


def _link(event: Row, mention: Row, independent: bool) -> Row:
    return {
        "event_id": event["event_id"],
        "mention_id": mention["mention_id"],
        "article_id": mention["article_id"],
        "is_independent": independent,
    }


def publish(world: World, folder: Path, *, marts: bool = True) -> Release:
    """Publish the world as a release, with the project's own marts."""
    tables = {
        schemas.ARTICLES: world.articles, schemas.COPIES: world.copies,
        schemas.MENTIONS: world.mentions, schemas.EVENTS: world.events,
        schemas.EVENT_MENTIONS: world.links,
        schemas.REJECTS: [{"uri": "inbox/empty.txt", "record": 0, "reason": "empty"}],
    }  # fmt: skip
    store = Warehouse(folder)
    with store.lock("test"), store.builder(release_id(NOON)) as builder:
        for table, rows in tables.items():
            builder.write_table(table, schemas.rows_to_table(rows, table))
        connection = builder.database()
        if marts:
            run_models(connection, SQL)
            for name in _marts(connection):
                builder.write_mart(name, read_mart(connection, name))
        return builder.publish(report={}, created=NOON)


def _marts(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY ALL").fetchall()
    return [name for (name,) in rows if name not in schemas.TABLES]
