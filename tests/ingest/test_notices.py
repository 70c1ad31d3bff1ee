"""Pages that are no article are refused by what they say and how they are built, never by words alone."""

from __future__ import annotations

import pytest

from tasks.ingest.page import Page, read_page

LINES = [
    "The foreign ministers of both countries met in Vienna on Monday and agreed to meet again in May.",
    "They will discuss the exchange of prisoners and the opening of a road, both sides said later.",
    "The talks, which had stalled in the autumn, are led by a diplomat whom both sides trust.",
    "Neither ministry gave details of the road that is to be opened, or of when that may be.",
]


def paragraphs(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def window(title: str, body: str, head: str = "") -> str:
    return f"<html><head><title>{title}</title>{head}</head>{body}</html>"


def read(page: str, library: str = "trafilatura") -> Page:
    found = read_page(page, None, library)
    assert found is not None
    return found


MISSING = {
    "en": ("Page not found", "Sorry, the page you are looking for does not exist or has been moved."),
    "de": ("Seite nicht gefunden", "Die Seite, die Sie suchen, gibt es leider nicht oder nicht mehr."),
    "fr": ("Page introuvable", "La page que vous cherchez n'existe pas ou a été déplacée ailleurs."),
    "es": ("Página no encontrada", "La página que busca no existe o ha cambiado de dirección en el sitio."),
    "ru": ("Страница не найдена", "Запрашиваемая страница не существует или была перенесена на другой адрес."),
    "pl": ("Strona nie została znaleziona", "Strona, której szukasz, nie istnieje lub została przeniesiona."),
    "tr": ("Sayfa bulunamadı", "Aradığınız sayfa mevcut değil ya da başka bir adrese taşınmış olabilir."),
    "ar": ("الصفحة غير موجودة", "عذرا، الصفحة المطلوبة غير موجودة أو ربما نقلت إلى عنوان آخر على هذا الموقع."),
}  # fmt: skip
CAPTCHA = "Please complete the captcha below so that we can verify you are human and no robot."
CONSENT = [
    "We and our partners store and use cookies to measure how this site is used and to show ads.",
    "You can accept all of them, reject all or manage preferences; we use cookies only with consent.",
]
NOTICES = {
    **{
        f"no such page, {lang}": window(
            f"{title} | The Example",
            f"<body class='error404'><h1>{title}</h1><p>{text}</p><a href='/'>Home</a></body>",
        )
        for lang, (title, text) in MISSING.items()
    },
    "no such page, and nothing marks it": window(
        "404 - Page not found",
        f"<body><h1>Page not found</h1><p>{MISSING['en'][1]}</p><a href='/'>Home</a></body>",
    ),
    "captcha": window(
        "Just a moment...",
        f"<body><form id='challenge-form'><h1>Verify you are human</h1><p>{CAPTCHA}</p></form></body>",
    ),
    "consent": window(
        "Your privacy",
        f"<body><div class='consent-wall'><h1>We use cookies</h1>{paragraphs(*CONSENT)}</div></body>",
    ),
    "paywall": window(
        "Ministers meet",
        f"<body><article><h1>Ministers meet</h1><p>{LINES[0]}</p>"
        "<div class='paywall'><p>Subscribe to continue reading this article today.</p></div>"
        "</article></body>",
        "<meta property='article:published_time' content='2022-02-20'>",
    ),
    "a list of links": window(
        "World news",
        "<body><h1>World news</h1>"
        + "".join(f"<div><h2><a href='/{n}'>Report {n}: {LINES[n % 4]}</a></h2></div>" for n in range(8))
        + "</body>",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", NOTICES)
def test_what_is_no_article_is_told(what: str) -> None:
    assert read(NOTICES[what]).instead is not None


NEWS = {
    "captchas": ("Captcha tests defeat voters", "The form asks voters to verify that you are human, the board said on Monday."),
    "a page that is gone": ("Page not found: ministry site vanishes", "Readers of the ministry's site saw the words page not found on Monday, it said."),
    "the error 404": ("Why 404 errors hid a scandal", "The page you are looking for does not exist, the ministry's site told readers on Monday."),
    "cookies": ("Court rules on cookies", "Sites that write we use cookies must offer reject all as well, the court ruled on Monday."),
    "paywalls": ("Paper drops its paywall", "Subscribe to continue, the paper told readers until Monday; now all of it is free to read."),
}  # fmt: skip


@pytest.mark.parametrize("what", NEWS)
@pytest.mark.parametrize("head", ["", "<meta property='og:type' content='article'>"])
def test_short_news_of_such_things_is_news(what: str, head: str) -> None:
    title, text = NEWS[what]
    body = f"<body><article><h1>{title}</h1>{paragraphs(text, LINES[1])}</article><a href='/'>Home</a></body>"
    assert read(window(title, body, head)).instead is None


MENU = ["Home", "World", "Politics", "Business", "Sport"]
LINKS = [f"<a href='/{name.lower()}'>{name}</a>" for name in MENU]
TEXT = f"<h1>Ministers meet in Vienna</h1>{paragraphs(*LINES)}"
LEAKS = {
    "in a table": f"<table><tr><td>{'<br>'.join(LINKS)}</td><td>{TEXT}</td></tr></table>",
    "with bars": f"{' | '.join(LINKS)} {TEXT}",
    "in a paragraph": f"<p>{' '.join(LINKS)}</p>{TEXT}<p>{' '.join(LINKS)}</p>",
    "in a list": f"<ul>{''.join(f'<li>{link}</li>' for link in LINKS)}</ul><div>{TEXT}</div>",
}


@pytest.mark.parametrize("library", ["trafilatura", "resiliparse"])
@pytest.mark.parametrize("where", LEAKS)
def test_menus_are_left_out(where: str, library: str) -> None:
    lines = read(window("Ministers meet", f"<body>{LEAKS[where]}</body>"), library).text.split("\n")
    assert [line for line in lines if line != "Ministers meet in Vienna"] == LINES


@pytest.mark.parametrize("library", ["trafilatura", "resiliparse"])
def test_what_is_printed_twice_is_kept_once(library: str) -> None:
    twice = f"<div class='wide'>{paragraphs(*LINES)}</div><div class='narrow'>{paragraphs(*LINES)}</div>"
    assert read(window("Ministers", f"<body>{twice}</body>"), library).text.split("\n") == LINES


@pytest.mark.parametrize("library", ["trafilatura", "resiliparse"])
def test_a_paragraph_that_is_one_link_is_kept(library: str) -> None:
    linked = f"<p>{LINES[0]}</p><p><a href='/a'>{LINES[1]}</a></p><p><a href='/b'>{LINES[2]}</a></p><p>{LINES[3]}</p>"
    longer = paragraphs(*(f"Report {n} of the talks: {LINES[n % 4]}" for n in range(12)))
    page = window(
        "Ministers", f"<body><article><h1>Ministers</h1>{linked}{longer}</article></body>"
    )
    lines = read(page, library).text.split("\n")
    assert [line for line in lines if line in LINES] == LINES
