"""Lines that a publisher repeats are proposed, not taken out."""

from __future__ import annotations

import pyarrow as pa

from tasks.ingest.repeated import repeated_lines


def test_short_lines_that_many_articles_of_a_publisher_share() -> None:
    rows = [
        {
            "article_id": f"{publisher}{n}",
            "publisher": publisher,
            "body": f"Story {publisher} {chr(65 + n)}.\n\nSign up for 7 letters\n\n{'Long text. ' * 50}",
        }
        for publisher, count in (("a.org", 20), ("b.org", 3))
        for n in range(count)
    ]
    (line,) = repeated_lines(pa.Table.from_pylist(rows)).to_pylist()
    assert line == {
        "publisher": "a.org",
        "line": "sign up for 0 letters",
        "n_with": 20,
        "n_articles": 20,
        "share": 1.0,
    }
