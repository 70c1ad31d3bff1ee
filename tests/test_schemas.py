import pyarrow as pa
import pytest

from tasks import schemas
from tasks.schemas import (
    ARTICLES,
    EVENT_MENTIONS,
    REJECTS,
    SUPERSEDES,
    TABLES,
    SchemaError,
    conform,
)

LINK = {"event_id": "e", "mention_id": "m", "article_id": "a", "is_independent": True}


def test_every_column_says_what_it_holds():
    for table in TABLES.values():
        for field in table.schema:
            assert field.metadata[b"description"].strip(), f"{table.name}.{field.name}"


def test_keys_order_and_month_are_columns():
    for table in TABLES.values():
        assert {*table.key, *table.order, *filter(None, [table.month_of])} <= set(
            table.schema.names
        )


def test_a_key_is_never_null():
    # A refused record may have nothing to show, an event may have no heir.
    for table in TABLES.values():
        if table not in (REJECTS, SUPERSEDES):
            assert not any(table.schema.field(k).nullable for k in table.key)


def test_rows_become_a_table_of_the_registered_types():
    data = schemas.rows_to_table([LINK], EVENT_MENTIONS)
    assert data.schema.equals(EVENT_MENTIONS.schema)
    assert data.to_pylist() == [LINK]


def test_missing_nullable_columns_are_null_and_order_does_not_matter():
    shuffled = pa.table({"reason": ["empty"], "uri": ["b.txt"]})
    assert conform(shuffled, REJECTS).column_names == REJECTS.schema.names


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (pa.table({**{k: [v] for k, v in LINK.items()}, "extra": [1]}), "unknown columns"),
        (pa.table({"event_id": ["e"]}), "mention_id: column is missing"),
        (pa.table({**{k: [v] for k, v in LINK.items()}, "event_id": [None]}), "are null"),
        (pa.table({**{k: [v] for k, v in LINK.items()}, "is_independent": ["x"]}), "does not fit"),
    ],
)
def test_what_does_not_fit_is_named(data, said):
    with pytest.raises(SchemaError, match=said):
        conform(data, EVENT_MENTIONS)


def test_dictionaries_do_not_depend_on_history():
    one = pa.chunked_array(
        [pa.array(["b"]).dictionary_encode(), pa.array(["a"]).dictionary_encode()]
    )
    base = {"uri": ["x", "y"]}
    parts = conform(pa.table({**base, "reason": one}), REJECTS)
    whole = conform(pa.table({**base, "reason": ["b", "a"]}), REJECTS)
    assert (
        parts["reason"].combine_chunks().dictionary == whole["reason"].combine_chunks().dictionary
    )


def test_an_empty_table_conforms():
    assert conform(schemas.empty(ARTICLES), ARTICLES).num_rows == 0
