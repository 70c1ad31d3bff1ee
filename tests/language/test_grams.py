"""N-grams are found in their table all at once, as a dictionary would find them one by one."""

from hypothesis import given
from hypothesis import strategies as st

from tasks.language.grams import GramIndex

LETTERS = "abé中\U0001f600"
GRAMS = st.lists(st.text(f"{LETTERS} ", min_size=1, max_size=3), max_size=30, unique=True)
WORDS = st.lists(st.text(f"{LETTERS}x\U000f0000", min_size=1, max_size=6), min_size=1, max_size=5)


@given(GRAMS, WORDS)
def test_the_rows_are_those_of_a_dictionary(grams: list[str], words: list[str]) -> None:
    row = {gram: number for number, gram in enumerate(grams)}
    text = f" {' '.join(words)} "
    found = [rows.tolist() for rows in GramIndex(grams).rows_ending(text)]
    for length, rows in enumerate(found, 1):
        ending = [text[max(0, end - length) : end] for end in range(2, len(text) + 1)]
        whole = [g if len(g) == length and g[1:-1] != " " else "" for g in ending]
        assert rows == [row.get(gram, len(grams)) for gram in whole]


def test_an_n_gram_over_two_words_is_none() -> None:
    one, two, three = GramIndex(["a", "a ", " b", "a b"]).rows_ending(" a b ")
    assert (one.tolist(), two.tolist()) == ([0, 4, 4, 4], [4, 1, 2, 4])
    assert three.tolist() == [4, 4, 4, 4]
