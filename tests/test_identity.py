from hypothesis import given
from hypothesis import strategies as st

from tasks.identity import article_id, content_hash, digest128


def test_known_answers():
    # These must never change: every id of every published release rests on them.
    assert digest128("a", "b") == "065ab5741cdfad44687cf119c1eb4ec9"


@given(st.lists(st.text(alphabet=st.characters(exclude_characters="\x1f")), min_size=1))
def test_parts_are_kept_apart(parts):
    assert digest128(*parts) != digest128(*parts, "")
    assert len(digest128(*parts)) == 32


def test_source_and_content_both_make_an_article():
    here, there = content_hash("t", "body"), content_hash("t", "other body")
    assert article_id("u", here) != article_id("u", there)
    assert article_id("u", here) != article_id("v", here)


def test_no_title_is_an_empty_title():
    assert content_hash(None, "body") == content_hash("", "body")
