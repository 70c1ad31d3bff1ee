"""Makes a long history of fingerprints out of a short one.

Each round has other shingles, as other news would, but the same boilerplate: shingles of many
articles stay as they are. So lists of notices and captions grow as long as they would.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tasks.duplicates import FINGERPRINTS
from tasks.duplicates.hashing import mix

COMMON = 60  # articles that have a shingle which every round keeps
DAYS = 200  # between rounds


def write_history(prints: pa.Table, size: int, path: Path) -> None:
    """Write `size` fingerprints, round by round backwards in time, to a Parquet file."""
    prints = prints.combine_chunks()
    lists = prints["shingles"].chunk(0)
    values, offsets = lists.flatten().to_numpy(), lists.offsets.to_numpy()
    offsets = offsets - offsets[0]
    _, number, count = np.unique(values, return_inverse=True, return_counts=True)
    common = (count >= COMMON)[number]
    rate = np.repeat(prints["rate"].to_numpy().astype(np.uint64), np.diff(offsets))
    with pq.ParquetWriter(path, FINGERPRINTS, compression="zstd") as writer:
        for n, at in enumerate(range(0, size, prints.num_rows)):
            other = (mix(values ^ np.uint64(7919 * n)) >> np.uint64(10)) >> rate
            shingles = values if n == 0 else np.where(common, values, other)
            rows = _renamed(prints, n).set_column(
                prints.schema.get_field_index("shingles"),
                "shingles",
                pa.ListArray.from_arrays(pa.array(offsets.astype(np.int32)), pa.array(shingles)),
            )
            writer.write_table(rows.slice(0, size - at).cast(FINGERPRINTS), row_group_size=65_536)


def _renamed(prints: pa.Table, n: int) -> pa.Table:
    ids = pc.binary_join_element_wise(prints["article_id"].cast(pa.string()), f"-{n}", "")
    days = pc.subtract(prints["published_date"].cast(pa.int32()), pa.scalar(DAYS * n, pa.int32()))
    texts = mix(prints["text_hash"].to_numpy() ^ np.uint64(n))
    for name, column in (
        ("article_id", ids),
        ("published_date", days.cast(pa.date32())),
        ("text_hash", texts),
    ):
        at = prints.schema.get_field_index(name)
        prints = prints.set_column(at, name, column if name != "text_hash" else pa.array(column))
    return prints
