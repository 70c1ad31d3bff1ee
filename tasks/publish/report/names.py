"""What codes mean, in words: countries, organisations, CAMEO codes, PLOVER types."""

from __future__ import annotations

from functools import cache

from tasks.annotate.tables import read_table, split_list
from tasks.events.ontology import cameo_codes
from tasks.settings import SEEDS

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
    "IGO": "Intergovernmental org.",
    "NGO": "Non-governmental org.",
    "INT": "International actors",
    "MNC": "Multinational companies",
    "IMG": "International militants",
}


@cache
def countries() -> dict[str, str]:
    """Return names by ISO 3166-1 alpha-3 code, and by the codes of actors of no one country."""
    rows = read_table(SEEDS / "actors" / "countries.csv", ("code", "names"))
    return _NO_COUNTRY | {row["code"]: split_list(row["names"])[0] for row in rows}


def name_of(code: str) -> str:
    """Return the name behind a country or organisation code, or the code itself."""
    return countries().get(code, code)


def label_of(kind: str, code: str) -> str:
    """Return the name of a country (`kind` is country), or the code of an actor as it is."""
    return name_of(code) if kind == "country" else code


def cameo_label(code: str) -> str:
    """Return what a CAMEO code means, or the code itself."""
    known = cameo_codes().get(code)
    return known.label if known else code


@cache
def plover_labels() -> dict[str, str]:
    """Return what each PLOVER type means."""
    rows = read_table(SEEDS / "ontology" / "plover.csv", ("type", "what"))
    return {row["type"]: row["what"] for row in rows}
