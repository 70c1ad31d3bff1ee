"""Encodings: mark, UTF-8, declared, evidence, cp1252; each step but the plain ones is recorded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.ingest.decode import decode, known_binary, looks_binary

RUSSIAN = "Президент России Владимир Путин провёл телефонный разговор с президентом Франции."
POLISH = "Minister spraw zagranicznych złożył oświadczenie w sprawie sytuacji na Ukrainie."
SPANISH = "El señor ministro dijo que la reunión fue “útil” y se celebrará otra mañana."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (POLISH, "cp1250"),
        (SPANISH, "cp1252"),
        (RUSSIAN, "utf-16"),
        (RUSSIAN, "utf-8-sig"),
        (SPANISH, "utf-16-le"),
    ],
)
def test_the_encoding_is_found(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding))[0] == text


def test_plain_utf8_needs_no_repair() -> None:
    assert decode(RUSSIAN.encode()) == (RUSSIAN, {})


def test_another_encoding_is_recorded() -> None:
    assert decode(RUSSIAN.encode("cp1251"))[1] == {"decoded:cp1251": 1}


def test_a_declaration_counts_after_utf8() -> None:
    assert decode("Köln".encode(), "latin-1")[0] == "Köln"
    assert decode("Москва".encode("cp1251"), "windows-1251")[0] == "Москва"
    assert decode(b"plain", "no-such-encoding")[0] == "plain"


def test_a_few_broken_bytes_do_not_turn_utf8_into_something_else() -> None:
    text, repairs = decode(RUSSIAN.encode() + b"\xff" + RUSSIAN.encode())
    assert text == f"{RUSSIAN}\ufffd{RUSSIAN}"
    assert repairs == {"undecodable": 1}


@given(st.binary(max_size=200))
def test_decoding_never_fails(data: bytes) -> None:
    assert isinstance(decode(data)[0], str)


def test_binary_is_told_from_text() -> None:
    assert looks_binary(bytes(range(256)) * 4)
    assert not looks_binary(RUSSIAN.encode("koi8-r"))
    assert not looks_binary(SPANISH.encode("utf-16-le"))
    assert known_binary(b"%PDF-1.7") == "PDF"
