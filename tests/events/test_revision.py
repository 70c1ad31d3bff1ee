"""The version of the coder: a changed coding of the sample needs a new number.

    python -m tests.events.test_revision       # record the coding of today, once the number is right

What the coder makes of the sample corpus is kept as a digest, with the version of its rules and the
digest of its tables. Changed tables change the revision by themselves; changed rules need a new
CODER_VERSION, or a warehouse would go on with what the old ones coded.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

from tasks.events import STATUSES, code_records
from tasks.events.coding import RULES
from tasks.ingest import ingest_paths
from tasks.revision import CODER_VERSION, coder_revision, tables_digest
from tasks.settings import SAMPLE, SAMPLE_PUBLISHED

RECORD = Path(__file__).with_name("coding_of_sample.json")


def _articles() -> Iterator[dict[str, Any]]:
    for batch in ingest_paths([str(SAMPLE)], published=SAMPLE_PUBLISHED):
        for row in batch.articles.select(["source_uri", "body", "published_date"]).to_pylist():
            day = row["published_date"]
            yield {"id": row["source_uri"], "text": row["body"], "date": str(day) if day else None}


def coding_now() -> dict[str, Any]:
    """Return the coding of the sample with what it rests on."""
    articles = sorted(_articles(), key=lambda r: (r["id"], r["text"]))
    digest = blake2b(digest_size=16)
    for record in code_records(articles, statuses=frozenset(STATUSES)):
        digest.update(json.dumps(record, sort_keys=True, ensure_ascii=False).encode())
    return {
        "version": CODER_VERSION,
        "tables": tables_digest().hex()[:32],
        "coding": digest.hexdigest(),
    }


def test_the_coding_of_the_sample_changes_with_its_version_or_its_tables_only() -> None:
    kept, now = json.loads(RECORD.read_text(encoding="utf-8")), coding_now()
    if now["coding"] != kept["coding"]:
        known = (now["version"], now["tables"]) == (kept["version"], kept["tables"])
        assert not known, "the rules code otherwise: raise CODER_VERSION in tasks/revision.py"
    assert now == kept, "record it: python -m tests.events.test_revision"


def test_a_comment_in_the_code_is_no_other_coder(monkeypatch: Any) -> None:
    before = coder_revision(RULES)
    assert before == coder_revision(RULES)
    monkeypatch.setattr("tasks.revision.CODER_VERSION", CODER_VERSION + 1)
    assert coder_revision(RULES) != before


if __name__ == "__main__":
    old, new = json.loads(RECORD.read_text(encoding="utf-8")), coding_now()
    same = (old["version"], old["tables"]) == (new["version"], new["tables"])
    if same and old["coding"] != new["coding"]:
        raise SystemExit(
            "The rules code otherwise: raise CODER_VERSION in tasks/revision.py first."
        )
    RECORD.write_text(json.dumps(new, indent=1) + "\n", encoding="utf-8")
