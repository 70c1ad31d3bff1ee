"""Publishers: registrable domains, so that counting them means something."""

from __future__ import annotations

import pytest

from tasks.ingest.publisher import publisher_of, web_address


@pytest.mark.parametrize(
    ("url", "name", "publisher"),
    [
        ("https://www.bbc.co.uk/news/1", None, "bbc.co.uk"),
        ("https://edition.cnn.com/x", "CNN", "cnn.com"),
        ("http://WWW.Example.COM:8080/", None, "example.com"),
        ("https://foo.github.io/x", None, "foo.github.io"),
        ("https://www.harbour.example/x", "The Harbour", "harbour.example"),
        ("https://xn--e1afmkfd.xn--p1ai/x", None, "пример.рф"),
        (None, "www.lemonde.fr", "lemonde.fr"),
        (None, "https://www.lemonde.fr/", "lemonde.fr"),
        (None, " Le  Monde ", "le monde"),
        ("http://192.168.1.1/x", "The Example", "the example"),
        ("http://localhost/x", None, None),
        ("http://[::1/x", None, None),
        (None, None, None),
    ],
)
def test_the_publisher(url: str | None, name: str | None, publisher: str | None) -> None:
    assert publisher_of(url, name) == publisher


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "not a url", "http://", ""]
)
def test_what_is_no_web_address(url: str) -> None:
    assert web_address(url) is None
