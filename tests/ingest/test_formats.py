"""Text, JSON Lines, CSV and Parquet: what each gives, and what becomes of what is broken."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tasks import schemas
from tasks.errors import UserError
from tasks.identity import content_hash
from tasks.ingest import REASONS, Limits, Options, ingest_paths
from tests.ingest.conftest import PROSE, Tree


def test_a_text_file_is_known_by_its_path_below_the_folder(tree: Tree) -> None:
    tree.add("b/two.txt", f"Talks\n{PROSE} Two.")
    tree.add("one.md", f"# Talks\n\n{PROSE} One.")
    batch = tree.read()
    assert batch.articles["source_uri"].to_pylist() == ["one.md", "b/two.txt"]
    assert batch.articles["title"].to_pylist() == ["Talks", "Talks"]
    assert batch.articles.schema.equals(schemas.ARTICLES.schema)
    assert batch.articles["lang"].null_count == 2


def test_a_file_given_by_itself_is_known_by_its_name(tree: Tree) -> None:
    tree.add("b/two.txt", PROSE)
    assert tree.read("b/two.txt").articles["source_uri"].to_pylist() == ["two.txt"]


NEWS_PLEASE = {
    "maintext": PROSE,
    "title": "Talks",
    "date_publish": "2022-02-20 17:30:00",
    "date_download": "2023-01-01 00:00:00",
    "source_domain": "www.example.co.uk",
    "url": "https://www.example.co.uk/talks",
    "authors": ["Ann", "Bob"],
    "language": "en",
}
NEWSAPI = {
    "source": {"id": None, "name": "The Example"},
    "author": "Ann",
    "title": "Talks",
    "description": PROSE,
    "url": "https://news.example.org/talks",
    "publishedAt": "2022-02-20T17:30:00Z",
    "content": f"{PROSE} {PROSE}",
}
GENERIC = {
    "id": 7,
    "headline": "Talks",
    "text": PROSE,
    "date": "2022-02-20",
    "source": "The Example",
}


@pytest.mark.parametrize(
    ("record", "uri", "publisher", "precision"),
    [
        (NEWS_PLEASE, "https://www.example.co.uk/talks", "example.co.uk", "second"),
        (NEWSAPI, "https://news.example.org/talks", "example.org", "second"),
        (GENERIC, "7", "the example", "day"),
    ],
)
def test_field_names_of_json_records(
    tree: Tree, record: dict[str, object], uri: str, publisher: str, precision: str
) -> None:
    article = tree.article(json.dumps(record), "a.jsonl")
    assert article["source_uri"] == uri
    assert article["publisher"] == publisher
    assert article["title"] == "Talks"
    assert article["body"].startswith(PROSE)
    assert article["published_date"] == date(2022, 2, 20)
    assert (article["published_basis"], article["published_precision"]) == ("metadata", precision)
    assert (article["published_at"] is None) == (precision == "day")


def test_a_record_without_identity_is_known_by_its_content(tree: Tree) -> None:
    article = tree.article(json.dumps({"text": PROSE}), "a.jsonl")
    assert article["source_uri"] == f"content:{content_hash(None, PROSE)}"


def test_the_users_own_field_names(tree: Tree) -> None:
    options = Options(mapping={"text": "Volltext", "published": "Tag"})
    article = tree.article(
        json.dumps({"Volltext": PROSE, "Tag": "20.02.2022"}), "a.jsonl", options=options
    )
    assert article["published_date"] == date(2022, 2, 20)


def test_a_broken_line_is_a_reject_and_the_others_are_read(tree: Tree) -> None:
    good = json.dumps({"text": PROSE, "id": "x"})
    lines = [good, '{"text": "cut', "[1, 2]", "", "null", json.dumps({"title": "no text"}),
             '{"text": "\\ud83d ' + PROSE + '"}', '{"text": NaN}']  # fmt: skip
    tree.add("a.jsonl", "\n".join(lines))
    batch = tree.read()
    assert batch.articles.num_rows == 2
    assert tree.rejects() == [
        ("a.jsonl", 2, "malformed"),
        ("a.jsonl", 3, "malformed"),
        ("a.jsonl", 5, "malformed"),
        ("a.jsonl", 6, "no_text"),
        ("a.jsonl", 8, "no_text"),
    ]
    assert batch.n_inputs == 7
    assert "cut" in batch.rejects["sample"].to_pylist()[0]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_with_any_delimiter(tree: Tree, delimiter: str) -> None:
    rows = [["id", "title", "text", "date"], ["007", "Talks", f'"{PROSE}\nMore."', "02/05/2022"]]
    tree.add("a.csv", "\n".join(delimiter.join(row) for row in rows))
    (article,) = tree.read().articles.to_pylist()
    assert article["source_uri"] == "007"  # no type is guessed
    assert article["published_date"] is None  # 2 May or 5 February
    assert article["body"] == f"{PROSE}\n\nMore."


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251"])
def test_csv_in_any_encoding(tree: Tree, encoding: str) -> None:
    text = "Президент России Владимир Путин провёл телефонный разговор с президентом Франции."
    article = tree.article(f"id,text\n1,{text}\n".encode(encoding), "a.csv")
    assert article["body"] == text


def test_a_ragged_row_is_a_reject(tree: Tree) -> None:
    tree.add("a.csv", f"id,text\n1,{PROSE}\n2,{PROSE},more\n3\n4,{PROSE}\n")
    assert tree.read().articles["source_uri"].to_pylist() == ["1", "4"]
    assert tree.rejects() == [("a.csv", 2, "malformed"), ("a.csv", 3, "malformed")]


def test_a_long_field_is_read(tree: Tree) -> None:
    text = " ".join([PROSE] * 3000)  # longer than csv's own limit
    assert tree.article(f"id,text\n1,{text}\n", "a.csv")["body"] == text


def test_parquet_of_any_types(tree: Tree) -> None:
    table = pa.table(
        {
            "Url": ["https://example.org/1", None],
            "Text": pa.array([PROSE, f"{PROSE} Two."]).dictionary_encode(),
            "published_at": pa.array(
                [datetime(2022, 2, 20, 17, 30), None], pa.timestamp("ns", "UTC")
            ),
            "embedding": [[0.1], [0.2]],
        }
    )
    pq.write_table(table, tree.root / "a.parquet")
    one, two = tree.read().articles.to_pylist()
    assert one["published_at"] == datetime(2022, 2, 20, 17, 30, tzinfo=UTC)
    assert two["source_uri"].startswith("content:")


def test_the_content_tells_the_format(tree: Tree) -> None:
    tree.add("a", json.dumps({"text": PROSE, "id": "json"}))
    tree.add("b.txt", f"id\ttitle\ttext\ncsv\tTalks\t{PROSE}\n")
    table = pa.table({"id": ["parquet"], "text": [PROSE]})
    pq.write_table(table, tree.root / "c.dat")
    assert tree.read().articles["source_uri"].to_pylist() == ["json", "csv", "parquet"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\n ", "empty"),
        (b"Short.", "too_short"),
        (b"x" * 300, "too_long"),
        (b"y " * 3000, "too_large"),
        (bytes(range(256)) * 20, "binary"),
        (b"%PDF-1.7 ...", "unsupported"),
        (b"PAR1 is no table", "truncated"),
    ],
)
def test_a_file_that_holds_no_article(tree: Tree, content: bytes, reason: str) -> None:
    tree.add("good.txt", PROSE)
    tree.add("bad", content)
    limits = Limits(max_chars=200, file_bytes=2000)
    assert tree.rejects(limits=limits) == [("bad", 0, reason)]
    assert tree.read(limits=limits).articles.num_rows == 1


def test_a_record_over_the_limit_is_skipped_and_the_next_is_read(tree: Tree) -> None:
    long = json.dumps({"text": PROSE * 100, "id": "long"})
    tree.add("a.jsonl", f"{long}\n{json.dumps({'text': PROSE, 'id': 'next'})}\n")
    limits = Limits(record_bytes=1000)
    assert tree.rejects(limits=limits) == [("a.jsonl", 1, "too_large")]
    assert tree.read(limits=limits).articles["source_uri"].to_pylist() == ["next"]


def test_links_out_of_the_tree_are_refused(tree: Tree, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(PROSE)
    tree.add("good.txt", PROSE)
    (tree.root / "inside.txt").symlink_to(tree.root / "good.txt")
    (tree.root / "outside.txt").symlink_to(secret)
    (tree.root / "loop").symlink_to(tree.root)
    (tree.root / "dangling.txt").symlink_to("nowhere")
    assert tree.rejects() == [
        ("dangling.txt", 0, "unreadable"),
        ("loop", 0, "unsafe_path"),
        ("outside.txt", 0, "unsafe_path"),
    ]
    assert tree.read().articles.num_rows == 2


def test_hidden_files_are_no_input(tree: Tree) -> None:
    tree.add(".git/config.txt", PROSE)
    tree.add(".hidden.txt", PROSE)
    tree.add("a.txt", PROSE)
    assert tree.read().n_inputs == 1


def test_a_path_that_does_not_exist_is_the_users_error(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no such file"):
        list(ingest_paths([tmp_path / "nowhere"]))


@pytest.mark.parametrize("name", ["a.txt.json", "a.txt.meta.json", "a.meta.json", "a.json"])
def test_a_sidecar_gives_the_metadata_of_its_file(tree: Tree, name: str) -> None:
    tree.add("a.txt", f"Published: 1 January 2021\n{PROSE}")
    sidecar = {"url": "https://example.org/talks", "date_publish": "2022-02-20", "title": "Talks"}
    tree.add(name, json.dumps(sidecar))
    batch = tree.read()
    (article,) = batch.articles.to_pylist()
    assert batch.n_inputs == 1
    assert article["source_uri"] == "a.txt"
    assert (article["title"], article["publisher"]) == ("Talks", "example.org")
    assert (article["published_date"], article["published_basis"]) == (
        date(2022, 2, 20),
        "metadata",
    )


def test_front_matter_gives_the_metadata_of_a_markdown_file(tree: Tree) -> None:
    head = '---\ntitle: "Talks"\ndate: 2022-02-20\nauthor: Ann\ntags: a, b\n---\n'
    article = tree.article(f"{head}\n{PROSE}\n", "a.md")
    assert (article["title"], article["author"], article["tags"]) == ("Talks", "Ann", ["a", "b"])
    assert article["published_date"] == date(2022, 2, 20)
    assert article["body"] == PROSE


def test_a_broken_sidecar_is_a_reject_and_its_file_is_read(tree: Tree) -> None:
    tree.add("a.txt", PROSE)
    tree.add("a.txt.json", "{broken")
    assert tree.rejects() == [("a.txt.json", 0, "malformed")]
    assert tree.read().articles.num_rows == 1


def test_batches_hold_what_was_read_whatever_their_size(tree: Tree) -> None:
    for n in range(7):
        tree.add(f"{n}.txt", f"{PROSE} Number {n}." if n % 3 else "")
    whole = tree.read()
    for size in (1, 2, 5):
        batches = list(ingest_paths([tree.root], batch_size=size))
        assert all(b.n_inputs == b.articles.num_rows + b.rejects.num_rows <= size for b in batches)
        articles = pa.concat_tables([b.articles for b in batches], promote_options="default")
        assert articles.to_pylist() == whole.articles.to_pylist()


def test_a_folder_in_parts_and_in_another_place_gives_the_same_ids(
    tree: Tree, tmp_path: Path
) -> None:
    for name in ("a.txt", "b/c.txt"):
        tree.add(name, f"{PROSE} {name}")
    moved = tmp_path / "elsewhere"
    tree.root.rename(moved)
    tree.root = moved
    ids = set(tree.read().articles["article_id"].to_pylist())
    tree.add("d.txt", PROSE)
    assert ids < set(tree.read().articles["article_id"].to_pylist())


def test_each_reason_is_explained() -> None:
    assert all(r.meaning.endswith(".") and r.remedy.endswith(".") for r in REASONS.values())


@pytest.mark.parametrize(
    ("line", "kind"),
    [("null", "null"), ("[1]", "array"), ('"x"', "string"), ("1.5", "number"), ("true", "boolean")],
)
def test_a_line_that_is_no_object_is_called_what_json_calls_it(
    tree: Tree, line: str, kind: str
) -> None:
    tree.add("a.jsonl", line)
    assert tree.read().rejects["detail"].to_pylist() == [f"a JSON {kind}, not an object"]
