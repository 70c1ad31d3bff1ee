"""What codes mean, in words: countries, organisations, CAMEO codes, PLOVER types."""

from __future__ import annotations

from functools import cache

from tasks.events.tables import SEEDS, read_table

QUAD_CLASSES = {
    1: "Verbal cooperation",
    2: "Material cooperation",
    3: "Verbal conflict",
    4: "Material conflict",
}


# CAMEO's codes for actors of no one country.
_NO_COUNTRY = {
    "UNO": "United Nations",
    "EUR": "European Union",
    "IGO": "Alliances, IGOs",
    "NGO": "NGOs",
    "INT": "International actors",
    "MNC": "Multinational companies",
    "IMG": "International militants",
}


def read_seed(name: str) -> list[dict[str, str]]:
    """Return the rows of a table below seeds/; lines that begin with `#` are comments."""
    return read_table(SEEDS / name)


@cache
def countries() -> dict[str, str]:
    """Return names by ISO 3166-1 alpha-3 code, and by the codes of actors of no one country."""
    rows = read_seed("actors/countries.csv")
    return _NO_COUNTRY | {row["code"]: row["names"].split("|")[0].strip() for row in rows}


def name_of(code: str) -> str:
    """Return the name behind a country or organisation code, or the code itself."""
    return countries().get(code, code)


def label_of(kind: str, code: str) -> str:
    """Return the name of a country (`kind` is country), or the code of an actor as it is."""
    return name_of(code) if kind == "country" else code


@cache
def cameo_labels() -> dict[str, str]:
    """Return what each CAMEO code means."""
    return {row["code"]: row["label"] for row in read_seed("ontology/cameo.csv")}


@cache
def plover_labels() -> dict[str, str]:
    """Return what each PLOVER type means."""
    return {row["type"]: row["what"] for row in read_seed("ontology/plover.csv")}
