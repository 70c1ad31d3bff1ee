"""Builds small news worlds: articles, which copy which, and what their sentences report."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa

from tasks import schemas
from tasks.aggregate import Aggregated, aggregate
from tasks.identity import digest128

CODES = {
    ("CONSULT", None): ("040", 1, 1.0),
    ("CONSULT", "phone"): ("041", 1, 1.0),
    ("CONSULT", "visit"): ("042", 1, 1.9),
    ("THREATEN", None): ("130", 3, -4.4),
    ("ACCUSE", None): ("110", 3, -2.0),
    ("ACCUSE", "disapprove"): ("111", 3, -2.0),
    ("ACCUSE", "allege"): ("112", 3, -2.0),
    ("COERCE", "arrest"): ("173", 4, -5.0),
    ("COERCE", "ban"): ("172", 4, -5.0),
    ("COERCE", "restrict"): ("191", 4, -9.5),
    ("AGREE", None): ("030", 1, 4.0),
    ("SANCTION", None): ("160", 4, -4.0),
    ("PROTEST", "demo"): ("141", 4, -6.5),
    ("ASSAULT", None): ("190", 4, -10.0),
    ("ASSAULT", "heavy-weapons"): ("194", 4, -10.0),
    ("ASSAULT", "aerial"): ("195", 4, -10.0),
    ("ASSAULT", "suicide-attack"): ("1831", 4, -10.0),
    (None, None): ("010", 1, 0.0),
}
CITIES = {
    "Moscow": ("RUS", "48", 55.75, 37.62, 524901),
    "Kharkiv": ("UKR", "07", 49.98, 36.25, 706483),
    "Mariupol": ("UKR", "05", 47.1, 37.54, 701822),
    "Kabul": ("AFG", "13", 34.53, 69.17, 1138958),
}


def day(text: str) -> date:
    """Return a day of February 2022 (`"20"`) or any ISO date."""
    return date.fromisoformat(text if "-" in text else f"2022-02-{int(text):02d}")


def _actor(side: str, code: str | None, entity: str | None) -> dict[str, object]:
    if code is None:
        return {}
    return {
        f"{side}_actor": code,
        f"{side}_country": None if code.startswith("-") else code[:3],
        f"{side}_role": code[3:6] or None,
        f"{side}_text": entity or code,
        f"{side}_entity": f"person/{entity}" if entity else None,
    }


def _place(name: str | None, country: str | None, basis: str) -> dict[str, object]:
    if name is None:
        return (
            {"place_basis": "none"}
            if country is None
            else {"place_name": country, "place_country": country, "place_basis": basis}
        )
    code, admin1, lat, lon, geoname = CITIES[name]
    return {
        "place_name": name,
        "place_country": code,
        "admin1": admin1,
        "lat": lat,
        "lon": lon,
        "geoname_id": geoname,
        "place_basis": basis,
    }


@dataclass
class Story:
    """Articles and mentions of one test; `events()` aggregates them in a shuffled order."""

    articles: list[dict[str, object]] = field(default_factory=list)
    copies: list[dict[str, object]] = field(default_factory=list)
    mentions: list[dict[str, object]] = field(default_factory=list)

    def article(
        self,
        name: str,
        published: str | None = None,
        *,
        publisher: str | None = None,
        lang: str = "en",
        copy_of: str | None = None,
        relation: str = "near",
        cluster: str | None = None,
    ) -> None:
        self.articles.append(
            {
                "article_id": name,
                "publisher": publisher or f"{name}.example",
                "lang": lang,
                "published_date": None if published is None else day(published),
            }
        )
        self.copies.append(
            {
                "article_id": name,
                "cluster_id": cluster or copy_of or name,
                "canonical_id": copy_of or name,
                "copy_of": copy_of,
                "relation": relation if copy_of else "original",
            }
        )

    def mention(
        self,
        article: str,
        source: str | None,
        plover: str | None,
        target: str | None,
        *,
        mode: str | None = None,
        on: str | None = None,
        until: str | None = None,
        basis: str | None = None,
        status: str = "actual",
        sentence: int | None = None,
        text: str | None = None,
        who: str | None = None,
        whom: str | None = None,
        city: str | None = None,
        country: str | None = None,
        place_basis: str = "stated",
        reciprocal: bool | None = None,
        according_to: str | None = None,
        confidence: float = 0.8,
        killed: float | None = None,
        cameo: str | None = None,
    ) -> str:
        info = next(a for a in self.articles if a["article_id"] == article)
        index = (
            sum(m["article_id"] == article for m in self.mentions) if sentence is None else sentence
        )
        code, quad, goldstein = CODES[(plover, mode)]
        start = day(on) if on else None
        end = day(until) if until else start
        row: dict[str, object] = {
            "article_id": article,
            "published_date": info["published_date"],
            "lang": info["lang"],
            "sentence_index": index,
            "start": index * 100,
            "end": index * 100 + 50,
            "sentence": text or f"sentence {index} of {article}",
            **_actor("source", source, who),
            **_actor("target", target, whom),
            "plover": plover,
            "mode": mode,
            "contexts": ["diplomatic"],
            "cameo": cameo or code,
            "quad_class": quad,
            "goldstein": goldstein,
            "status": status,
            "is_reciprocal": plover == "CONSULT" if reciprocal is None else reciprocal,
            "attribution": {"text": according_to, "verb": "said"} if according_to else None,
            "date_start": start,
            "date_end": end,
            "date_precision": "none" if start is None else "day" if start == end else "week",
            "date_basis": basis or ("none" if start is None else "stated"),
            **_place(city, country, place_basis),
            "quantities": []
            if killed is None
            else [
                {
                    "kind": "killed",
                    "low": killed,
                    "high": killed,
                    "unit": "persons",
                    "start": 1,
                    "end": 2,
                }
            ],
            "rule": "test",
            "confidence": confidence,
        }
        row["mention_id"] = digest128(
            "mention", article, str(index), str(sorted(row.items(), key=str))
        )
        self.mentions.append(row)
        return str(row["mention_id"])

    def tables(self, seed: int = 1) -> tuple[pa.Table, pa.Table, pa.Table]:
        """Return mentions, copies and articles, shuffled."""
        shuffled = random.Random(seed)
        made = []
        for rows, table in (
            (self.mentions, schemas.MENTIONS),
            (self.copies, schemas.COPIES),
        ):
            made.append(schemas.rows_to_table(shuffled.sample(rows, len(rows)), table))
        articles = shuffled.sample(self.articles, len(self.articles))
        fields = [
            f
            for f in schemas.ARTICLES.schema
            if f.name in ("article_id", "publisher", "lang", "published_date")
        ]
        return made[0], made[1], pa.Table.from_pylist(articles, schema=pa.schema(fields))

    def run(self, seed: int = 1) -> Aggregated:
        return aggregate(*self.tables(seed))

    def events(self, seed: int = 1) -> list[dict[str, object]]:
        return self.run(seed).events.to_pylist()
