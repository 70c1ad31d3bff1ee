"""The warehouse: a folder of immutable releases, one of which is current.

```
warehouse/
  current -> releases/<id>     what readers open; CURRENT says the same where links do not exist
  .lock                        held while a run publishes
  state/                       work state that is no product; rebuilt if lost
  releases/<id>/
    MANIFEST.json              parent, code, report; rows, bytes, sha256 and dates of every file
    demarche.duckdb            all tables and marts, self-contained
    datapackage.json           schema, hash, rows and keys of every table, for programs
    codebook.md  codebook.html the same for people
    events/month=2026-11/part.parquet   ...   marts/<name>.parquet
```

A release is built aside, synced, renamed and only then pointed at, so a reader sees the old
release or the new one, whatever happens to the writer.
"""

from tasks.warehouse.builder import ReleaseBuilder
from tasks.warehouse.layout import mart_file
from tasks.warehouse.manifest import Entry
from tasks.warehouse.parquet import partition_of
from tasks.warehouse.release import Release
from tasks.warehouse.store import Warehouse, nothing_published, release_id

__all__ = [
    "Entry",
    "Release",
    "ReleaseBuilder",
    "Warehouse",
    "mart_file",
    "nothing_published",
    "partition_of",
    "release_id",
]
