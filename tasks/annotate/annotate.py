"""Composes the annotator: one text in, everything found in it out."""

from __future__ import annotations

from datetime import date

from tasks.annotate.actors import find_actors, namesakes
from tasks.annotate.mask import mask_markup
from tasks.annotate.places import find_places
from tasks.annotate.quantities import find_quantities
from tasks.annotate.quotes import find_quotes
from tasks.annotate.sentences import split_sentences
from tasks.annotate.tables import OwnTable
from tasks.annotate.time import find_dates
from tasks.annotate.tokens import tokenize
from tasks.annotate.types import Annotation


def annotate(
    text: str,
    *,
    published: date | None = None,
    lang: str = "en",
    home: str = "",
    overlay: OwnTable | None = None,
) -> Annotation:
    """Find sentences, actors, dates, places, quantities and quotations in a text.

    Args:
        text: Clean text of an article; every offset counts its code points.
        published: Day of publication, which relative dates are resolved against.
        lang: Language of the text, BCP 47.
        home: Country of the publisher, ISO 3166-1 alpha-3, for places of the same name.
        overlay: The user's own actor table, laid over ours.
    """
    masked = mask_markup(text)
    sentences = split_sentences(masked, lang)
    tokens = tokenize(masked, sentences, lang)
    actors = find_actors(masked, sentences, on=published, lang=lang, overlay=overlay)
    places = find_places(masked, sentences, actors, lang=lang, home=home)
    if elsewhere := namesakes(masked, places, lang, overlay):
        actors = find_actors(
            masked, sentences, on=published, lang=lang, overlay=overlay, elsewhere=elsewhere
        )
    return Annotation(
        text=text,
        masked=masked,
        lang=lang,
        published=published,
        sentences=sentences,
        actors=actors,
        places=places,
        dates=find_dates(masked, sentences, published, lang, tokens=tokens),
        quantities=find_quantities(masked, sentences, lang, tokens=tokens),
        quotes=find_quotes(masked, sentences, lang, tokens=tokens),
    )
