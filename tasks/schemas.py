"""The one definition of every table: columns, types, descriptions, keys and order.

Validation, Parquet metadata, SQL comments and the codebook are all made from here.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

# Raised whenever a table or column is added, taken away or comes to mean something else.
SCHEMA_VERSION = 2


@dataclass(frozen=True, slots=True)
class Table:
    """A published table.

    Attributes:
        name: Table name, also the folder of its Parquet files.
        grain: What one row is, in words.
        key: Columns that identify a row.
        order: Columns that rows are sorted by in a file.
        month_of: Date column whose month names the partition, or None for a single file.
        schema: Arrow schema; each field's metadata holds its `description`.
    """

    name: str
    grain: str
    key: tuple[str, ...]
    order: tuple[str, ...]
    month_of: str | None
    schema: pa.Schema


class SchemaError(ValueError):
    """A table that does not fit its definition; the message names table and column."""


def _f(name: str, kind: pa.DataType, description: str, *, null: bool = True) -> pa.Field:
    return pa.field(name, kind, nullable=null, metadata={"description": description})


# Low-cardinality text is dictionary encoded: smaller files, and a categorical in pandas and Polars.
CODE = pa.dictionary(pa.int32(), pa.string())
TIMESTAMP = pa.timestamp("us", tz="UTC")

REPAIRS = pa.list_(pa.struct([("repair", pa.string()), ("count", pa.int32())]))
LANG_SPANS = pa.list_(
    pa.struct([("start", pa.int32()), ("end", pa.int32()), ("lang", pa.string())])
)
EVIDENCE = pa.list_(
    pa.struct(
        [
            ("start", pa.int32()),
            ("end", pa.int32()),
            ("other_start", pa.int32()),
            ("other_end", pa.int32()),
        ]
    )
)
ATTRIBUTION = pa.struct(
    [
        ("text", pa.string()),
        ("actor", pa.string()),
        ("verb", pa.string()),
        ("quoted", pa.bool_()),
        ("start", pa.int32()),
        ("end", pa.int32()),
    ]
)
FIGURES = pa.struct(
    [("form", pa.string()), ("day_first", pa.date32()), ("month_first", pa.date32())]
)
QUANTITIES = pa.list_(
    pa.struct(
        [
            ("kind", pa.string()),
            ("low", pa.float64()),
            ("high", pa.float64()),
            ("unit", pa.string()),
            ("start", pa.int32()),
            ("end", pa.int32()),
        ]
    )
)
DISAGREEMENTS = pa.list_(
    pa.struct([("field", pa.string()), ("value", pa.string()), ("n_articles", pa.int32())])
)

ARTICLES = Table(
    name="articles",
    grain="one fetched article",
    key=("article_id",),
    order=("published_date", "article_id"),
    month_of="published_date",
    schema=pa.schema(
        [
            _f("article_id", pa.string(), "128-bit hex of source_uri and content_hash", null=False),
            _f(
                "source_uri",
                pa.string(),
                "Where it came from: the article's URL or id, else the file's path below the "
                "folder that was given",
                null=False,
            ),
            _f("url", pa.string(), "Web address of the article, where the input gave one"),
            _f("publisher", CODE, "Registrable domain or name of the publisher, lower case"),
            _f("author", pa.string(), "Byline as given"),
            _f("title", pa.string(), "Headline; never part of body"),
            _f("body", pa.string(), "Clean text; every offset counts its code points", null=False),
            _f("published_at", TIMESTAMP, "Moment of publication, where known to the minute"),
            _f("published_date", pa.date32(), "Day of publication (UTC, or as printed)"),
            _f("published_precision", CODE, "second, minute, day, month or none", null=False),
            _f(
                "published_basis",
                CODE,
                "How the date is known: metadata, header, dateline, inferred, publisher (day and "
                "month in the order that its other dates prove), ambiguous (two readings) or none",
                null=False,
            ),
            _f("published_text", pa.string(), "The words or field that the date was read from"),
            _f(
                "published_figures",
                FIGURES,
                "A date of publication in figures only: where and with which mark it is written, "
                "and what it is with the day first and with the month first",
            ),
            _f("lang", CODE, "Language, BCP 47; und when undetermined, zxx without language"),
            _f("lang_confidence", pa.float64(), "Calibrated probability that lang is right, 0-1"),
            _f("lang_method", CODE, "The rule that decided the language, with its votes"),
            _f("script", CODE, "Main script, ISO 15924"),
            _f("lang_spans", LANG_SPANS, "Passages of body in another language"),
            _f("content_hash", pa.string(), "128-bit hex of title and body", null=False),
            _f("n_chars", pa.int32(), "Code points in body", null=False),
            _f("tags", pa.list_(pa.string()), "Keywords and categories given with the article"),
            _f("set_aside", pa.list_(pa.string()), "Lines recognised as header, caption or tail"),
            _f("repairs", REPAIRS, "What cleaning did to the text, and how often"),
        ]
    ),
)

REJECTS = Table(
    name="rejects",
    grain="one refused input record",
    key=("uri", "record", "reason", "sample"),
    order=("uri", "record", "reason", "sample"),
    month_of=None,
    schema=pa.schema(
        [
            _f("uri", pa.string(), "File, as a path below the folder that was given", null=False),
            _f("record", pa.int64(), "Line or row of the record in its file, from 1; 0 = the file"),
            _f("reason", CODE, "Closed list: see tasks/ingest/reasons.py", null=False),
            _f("detail", pa.string(), "What exactly was wrong, in a sentence"),
            _f("n_bytes", pa.int64(), "Size of the refused record in bytes"),
            _f("sample", pa.string(), "Its first characters, made printable"),
        ]
    ),
)

COPIES = Table(
    name="copies",
    grain="one article and its place among the copies of its text",
    key=("article_id",),
    order=("article_id",),
    month_of=None,
    schema=pa.schema(
        [
            _f("article_id", pa.string(), "The article", null=False),
            _f(
                "cluster_id", pa.string(), "The group of articles that share their text", null=False
            ),
            _f("canonical_id", pa.string(), "The article that stands for the cluster", null=False),
            _f("copy_of", pa.string(), "The article that the relation is to; null for an original"),
            _f(
                "relation",
                CODE,
                "original, exact, near, excerpt (part of the other), embeds (contains the other) "
                "or update (a later version with other facts)",
                null=False,
            ),
            _f("similarity", pa.float64(), "Jaccard similarity of the sampled shingles, 0-1"),
            _f("containment", pa.float64(), "Share of this article's shingles in copy_of, 0-1"),
            _f("contained", pa.float64(), "Share of copy_of's shingles in this article, 0-1"),
            _f("fact_overlap", pa.float64(), "Share of names and numbers in common, 0-1"),
            _f("evidence", EVIDENCE, "Shared passages, as offsets into both bodies"),
        ]
    ),
)


def _actor_fields(side: str, who: str) -> list[pa.Field]:
    return [
        _f(f"{side}_actor", CODE, f"Composed actor code of {who}, such as RUSGOV; null if unknown"),
        _f(f"{side}_country", CODE, f"ISO 3166-1 alpha-3 or organisation code of {who}"),
        _f(f"{side}_role", CODE, f"Role code of {who}: GOV, MIL, REB, OPP, CVL, COP, ..."),
        _f(f"{side}_text", pa.string(), f"The words that name {who}"),
    ]


def _actor_span(side: str) -> list[pa.Field]:
    return [
        _f(f"{side}_start", pa.int32(), f"Offset of {side}_text in body"),
        _f(f"{side}_end", pa.int32(), f"End offset of {side}_text in body"),
        _f(f"{side}_entity", pa.string(), "Id of the row in seeds/actors that was recognised"),
    ]


_CODED = [
    _f(
        "plover",
        CODE,
        "PLOVER event type: AGREE, CONSULT, ... ASSAULT; null for CAMEO 01",
        null=True,
    ),
    _f("mode", CODE, "PLOVER mode, where the type has one"),
    _f("contexts", pa.list_(pa.string()), "PLOVER contexts"),
    _f("cameo", CODE, "CAMEO code, two to four digits", null=False),
    _f("quad_class", pa.int8(), "1 verbal, 2 material cooperation; 3 verbal, 4 material conflict"),
    _f("goldstein", pa.float64(), "Goldstein scale of the CAMEO code, -10 to +10"),
    _f("status", CODE, "actual, planned, hypothetical, negated or denied", null=False),
]
_WHEN_WHERE = [
    _f("date_start", pa.date32(), "First day on which it may have happened; null if not stated"),
    _f("date_end", pa.date32(), "Last such day"),
    _f("date_precision", CODE, "day, week, month, year or none", null=False),
    _f("date_basis", CODE, "stated, inferred, published or none", null=False),
    _f("place_name", pa.string(), "The place, by its name in the gazetteer"),
    _f("place_country", CODE, "ISO 3166-1 alpha-3 of the place"),
    _f("admin1", CODE, "First-level division of the place, GeoNames code"),
    _f("lat", pa.float64(), "Latitude, degrees north; null for a whole country"),
    _f("lon", pa.float64(), "Longitude, degrees east; null for a whole country"),
    _f("geoname_id", pa.int64(), "GeoNames id of the place"),
    _f("place_basis", CODE, "stated (in the sentence), context (in the article) or none"),
    _f("quantities", QUANTITIES, "Casualties, troops, crowd sizes, ...; null = open end"),
]

MENTIONS = Table(
    name="mentions",
    grain="one event mention in one sentence",
    key=("mention_id",),
    order=("published_date", "article_id", "start", "mention_id"),
    month_of="published_date",
    schema=pa.schema(
        [
            _f("mention_id", pa.string(), "128-bit hex of article, span and coding", null=False),
            _f("article_id", pa.string(), "The article that says so", null=False),
            _f("published_date", pa.date32(), "Its day of publication"),
            _f("lang", CODE, "Its language", null=False),
            _f("sentence_index", pa.int32(), "Number of the sentence in body, from 0", null=False),
            _f("start", pa.int32(), "Offset of the sentence in body", null=False),
            _f("end", pa.int32(), "End offset of the sentence in body", null=False),
            _f("sentence", pa.string(), "body[start:end]", null=False),
            *_actor_fields("source", "the one who acts"),
            *_actor_span("source"),
            *_actor_fields("target", "the one acted upon"),
            *_actor_span("target"),
            _f("trigger_start", pa.int32(), "Offset in body of the word that fired the rule"),
            _f("trigger_end", pa.int32(), "End offset of that word"),
            *_CODED,
            _f("is_reciprocal", pa.bool_(), "True for a call, a meeting: no direction", null=False),
            _f(
                "attribution",
                ATTRIBUTION,
                "Who says so, with which verb, in quotation marks or not",
            ),
            *_WHEN_WHERE,
            _f("date_text_start", pa.int32(), "Offset in body of the words that state the date"),
            _f("date_text_end", pa.int32(), "End offset of those words"),
            _f("place_text_start", pa.int32(), "Offset in body of the words that state the place"),
            _f("place_text_end", pa.int32(), "End offset of those words"),
            _f("rule", pa.string(), "The lexicon row and composition rules that fired", null=False),
            _f("confidence", pa.float64(), "Calibrated probability that type is right, 0-1"),
        ]
    ),
)

EVENTS = Table(
    name="events",
    grain="one real-world event; a reciprocal one, such as a call or a meeting, is one row",
    key=("event_id",),
    order=("date_start", "event_id"),
    month_of="date_start",
    schema=pa.schema(
        [
            _f(
                "event_id",
                pa.string(),
                "128-bit hex; stable while its first report stands",
                null=False,
            ),
            *_actor_fields("source", "the one who acts"),
            *_actor_fields("target", "the one acted upon"),
            *_CODED,
            _f("is_reciprocal", pa.bool_(), "True for a call, a meeting: no direction", null=False),
            *_WHEN_WHERE,
            _f("n_mentions", pa.int32(), "Sentences that report it", null=False),
            _f("n_articles", pa.int32(), "Articles that report it", null=False),
            _f(
                "n_independent",
                pa.int32(),
                "Articles that are not copies of each other",
                null=False,
            ),
            _f("n_publishers", pa.int32(), "Publishers that report it", null=False),
            _f("languages", pa.list_(pa.string()), "Languages it is reported in", null=False),
            _f("first_reported", pa.date32(), "Earliest publication date of a report"),
            _f("last_reported", pa.date32(), "Latest publication date of a report"),
            _f("best_mention_id", pa.string(), "The mention that speaks for it", null=False),
            _f("confidence", pa.float64(), "Confidence of the best mention, 0-1"),
            _f("disagreements", DISAGREEMENTS, "Fields on which reports differ, with the values"),
        ]
    ),
)

EVENT_MENTIONS = Table(
    name="event_mentions",
    grain="event x mention",
    key=("event_id", "mention_id"),
    order=("event_id", "mention_id"),
    month_of=None,
    schema=pa.schema(
        [
            _f("event_id", pa.string(), "The event", null=False),
            _f("mention_id", pa.string(), "A mention of it", null=False),
            _f("article_id", pa.string(), "The article of the mention", null=False),
            _f("is_independent", pa.bool_(), "True if it counts in n_independent", null=False),
        ]
    ),
)

BOILERPLATE = Table(
    name="boilerplate",
    grain="one line that a publisher repeats from story to story; what is coded from it is set aside",
    key=("line_id",),
    order=("publisher", "line_id"),
    month_of=None,
    schema=pa.schema(
        [
            _f("line_id", pa.string(), "128-bit hex of publisher and line", null=False),
            _f("publisher", CODE, "The publisher", null=False),
            _f("line", pa.string(), "The line, as it stands in the bodies", null=False),
            _f("n_stories", pa.int32(), "Stories that hold it, copies counted once", null=False),
            _f("n_articles", pa.int32(), "Articles that hold it", null=False),
            _f(
                "share",
                pa.float64(),
                "Share of the publisher's stories that hold it, from first_seen to last_seen; of "
                "all its stories if it stands in half of them",
                null=False,
            ),
            _f("first_seen", pa.date32(), "Day of the first story that holds it"),
            _f("last_seen", pa.date32(), "Day of the last story that holds it"),
            _f("example_id", pa.string(), "The first article that holds it", null=False),
            _f("n_mentions", pa.int32(), "Mentions that stand in it", null=False),
        ]
    ),
)

BOILERPLATE_MENTIONS = Table(
    name="boilerplate_mentions",
    grain="one mention that is set aside: it stands in a line of boilerplate and makes no event",
    key=("mention_id",),
    order=("mention_id",),
    month_of=None,
    schema=pa.schema(
        [
            _f("mention_id", pa.string(), "The mention", null=False),
            _f("article_id", pa.string(), "The article of the mention", null=False),
            _f("line_id", pa.string(), "The line of boilerplate", null=False),
        ]
    ),
)

SUPERSEDES = Table(
    name="supersedes",
    grain="an event of a release x an event of the next one that took over its mentions, where the "
    "two differ",
    # An event that was withdrawn has no heir: then new_event_id is null.
    key=("to_release", "old_event_id", "new_event_id"),
    order=("to_release", "old_event_id", "new_event_id"),
    month_of=None,
    schema=pa.schema(
        [
            _f("from_release", CODE, "The release before the change", null=False),
            _f("to_release", CODE, "The release that has the change first", null=False),
            _f("old_event_id", pa.string(), "Event of from_release", null=False),
            _f("new_event_id", pa.string(), "Event of to_release; null if it was withdrawn"),
            _f(
                "change",
                CODE,
                "merged, split, regrouped, withdrawn, moved (another date), recoded or renamed",
                null=False,
            ),
            _f(
                "fields",
                pa.list_(pa.string()),
                "Columns of events that say something else than before: date, coding, actors, place",
                null=False,
            ),
            _f("n_mentions", pa.int32(), "Mentions that went from one to the other", null=False),
        ]
    ),
)

TABLES: dict[str, Table] = {
    t.name: t
    for t in (
        ARTICLES,
        REJECTS,
        COPIES,
        MENTIONS,
        EVENTS,
        EVENT_MENTIONS,
        BOILERPLATE,
        BOILERPLATE_MENTIONS,
        SUPERSEDES,
    )
}

# These tell of releases, not of articles: they depend on the runs that the articles came in, and are
# the only ones that do.
OF_RELEASES = frozenset({SUPERSEDES.name})


def empty(table: Table) -> pa.Table:
    """Return the table without rows."""
    return table.schema.empty_table()


def conform(data: pa.Table, table: Table) -> pa.Table:
    """Return `data` with exactly the table's columns, order and types.

    Missing nullable columns become null; extra columns, a missing or null value in a required
    column, and values that do not fit the type are errors.

    Raises:
        SchemaError: naming the table, the column and what was expected.
    """
    extra = sorted(set(data.column_names) - set(table.schema.names))
    if extra:
        raise SchemaError(f"{table.name}: unknown columns {extra}")
    return pa.Table.from_arrays(
        [_column(data, field, table.name) for field in table.schema], schema=table.schema
    )


def _column(data: pa.Table, field: pa.Field, table: str) -> pa.ChunkedArray | pa.Array:
    if field.name not in data.column_names:
        if not field.nullable and data.num_rows:
            raise SchemaError(f"{table}.{field.name}: column is missing")
        return pa.nulls(data.num_rows, field.type)
    column = data.column(field.name)
    if not field.nullable and column.null_count:
        raise SchemaError(f"{table}.{field.name}: {column.null_count} values are null")
    try:
        return _cast(column, field.type)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowTypeError) as error:
        raise SchemaError(
            f"{table}.{field.name}: {column.type} does not fit {field.type}: {error}"
        ) from error


def _cast(column: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    """Cast, with one dictionary for the whole column, its values in order of first use."""
    if not pa.types.is_dictionary(kind):
        return column.cast(kind)
    plain = column.cast(pa.string())
    return plain.combine_chunks().dictionary_encode().cast(kind) if len(plain) else plain.cast(kind)


def rows_to_table(rows: list[dict[str, object]], table: Table) -> pa.Table:
    """Build the table from a list of row dictionaries; absent keys are null."""
    plain = pa.schema([pa.field(f.name, _plain(f.type)) for f in table.schema])
    return conform(pa.Table.from_pylist(rows, schema=plain), table)


def sort(data: pa.Table, table: Table) -> pa.Table:
    """Return the rows in the table's order, nulls last; the key breaks ties."""
    return data.take(sort_indices(data, table)) if data.num_rows else data


def sort_indices(data: pa.Table, table: Table) -> pa.Array:
    """Return the row numbers of `data` in the table's order, nulls last."""
    names = sort_columns(table)
    # Arrow cannot sort a table by a dictionary.
    columns = [pc.cast(data.column(n), _plain(data.schema.field(n).type)) for n in names]
    keys = pa.table(columns, names=names)
    return pc.sort_indices(keys, sort_keys=[(n, "ascending") for n in names])


def sort_columns(table: Table) -> list[str]:
    """Return the columns that decide the order of rows."""
    return [*table.order, *(k for k in table.key if k not in table.order)]


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind
