"""Encodings: mark, UTF-8, declared, evidence, cp1252; each step but the plain ones is recorded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.ingest.decode import decode, known_binary, looks_binary
from tasks.ingest.legacy import alphabets

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


# One sentence of each language, with letters by which its neighbours' encodings can be told.
SENTENCES = {
    "cs": "Předseda vlády řekl, že příští týden přijede do Kyjeva, a žádal další zbraně.",
    "de": "Die Außenministerin erklärte, die Gespräche über Abrüstung würden fortgesetzt.",
    "es": "El señor presidente llegó ayer a la capital; mañana se reunirá con la oposición.",
    "fr": "Le ministère des Affaires étrangères a démenti l'arrivée de soldats à la frontière, où la tension reste élevée.",
    "hu": "A miniszterelnök szerint a külügyminiszterek jövő héten újra tárgyalnak, ősszel döntő ülésük lesz.",
    "is": "Forsætisráðherra segir að ríkisstjórnin styðji úkraínsku þjóðina í stríðinu við Rússa.",
    "lt": "Vyriausybė pranešė, kad šią savaitę į Kijevą išvyks užsienio reikalų ministras.",
    "pl": "Premier oświadczył, że rząd wyśle żołnierzy na granicę, jeśli będzie to konieczne.",
    "pt": "O presidente não vai à reunião; o ministério das Relações Exteriores disse que há tensão.",
    "sq": "Kryeministri tha se qeveria do të dërgojë ndihmë për të gjithë të zhvendosurit në Çakor.",
    "sv": "Regeringen säger att förhandlingarna på måndag är avgörande för freden mellan länderna.",
    "tr": "Dışişleri Bakanı, görüşmelerin önümüzdeki hafta Ankara'da süreceğini söyledi.",
    "uk": "Міністр оборони заявив, що її армія відбила атаку; жодних поступок у переговорах не буде.",
    "ko": "외교부 장관은 월요일 서울에서 미국 대사를 만나 북한 문제를 논의했다고 밝혔다.",
    "ja": "外務大臣は月曜日に東京で大使と会談し、停戦について話し合ったと述べた。",
}
USUAL = {
    "cs": "cp1250 iso8859-2",
    "de": "cp1252 iso8859-15",
    "es": "cp1252 iso8859-15",
    "fr": "cp1252 iso8859-15",
    "hu": "cp1250 iso8859-2",
    "is": "cp1252 iso8859-15",
    "lt": "cp1257 iso8859-13",
    "pl": "cp1250 iso8859-2",
    "pt": "cp1252 iso8859-15",
    "sq": "cp1252 iso8859-15",
    "sv": "cp1252 iso8859-15",
    "tr": "cp1254 iso8859-9",
    "uk": "cp1251 koi8-u iso8859-5",
    "ko": "euc_kr",
    "ja": "euc_jp shift_jis",
}


@pytest.mark.parametrize(
    ("lang", "encoding"), [(lang, name) for lang in USUAL for name in USUAL[lang].split()]
)
def test_what_comes_out_is_a_language_that_is_written_so(lang: str, encoding: str) -> None:
    text = SENTENCES[lang]
    assert decode(text.encode(encoding))[0] == text
    quoted = text.encode(encoding) + b" (" + text.split()[0].encode(encoding) + b")\r\n"
    assert decode(quoted)[0] == quoted.decode(encoding)


def test_what_iso_leaves_to_control_characters_is_of_its_windows_sibling() -> None:
    data = "„Žádné zbraně“, řekl šéf vlády.".encode("cp1250")
    assert decode(data, "iso-8859-2")[0] == "„Žádné zbraně“, řekl šéf vlády."


def test_letters_of_a_language_can_be_written_in_its_encodings() -> None:
    for codecs, letters in alphabets().values():
        assert [c for c in letters if not any(c.encode(name, "ignore") for name in codecs)] == []


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


WESTERN = ("iso-8859-1", "windows-1252", "us-ascii", "iso-8859-2", "windows-1250", "windows-1254")
MORE = {
    "ru": RUSSIAN,
    "bg": "Министърът на външните работи заяви в София, че преговорите ще продължат и утре.",
    "el": "Ο υπουργός Εξωτερικών δήλωσε στην Αθήνα ότι οι συνομιλίες θα συνεχιστούν την Τρίτη.",
    "he": "שר החוץ אמר בירושלים כי השיחות יימשכו ביום שלישי וכי ההסכם ייחתם בקרוב.",
    "ar": "قال وزير الخارجية في القاهرة إن المحادثات ستستمر يوم الثلاثاء وإن الاتفاق سيوقع قريبا.",
    "zh": "外交部长星期一在北京会见了法国总统，双方就停火问题举行了会谈，并决定下周继续谈判。",
    "th": "รัฐมนตรีว่าการกระทรวงการต่างประเทศกล่าวที่กรุงเทพว่าการเจรจาจะดำเนินต่อไปในวันอังคาร",
}
WRITTEN = USUAL | {
    "ru": "cp1251 koi8-r iso8859-5",
    "bg": "cp1251",
    "el": "cp1253 iso8859-7",
    "he": "cp1255",
    "ar": "cp1256",
    "zh": "gb18030",
    "th": "cp874",
}


@pytest.mark.parametrize("lang", WRITTEN)
def test_a_wrong_declaration_yields_to_what_makes_a_language(lang: str) -> None:
    text = (SENTENCES | MORE)[lang]
    page = f'<html><body class="a"><p>{text}</p>\n<p>{text}</p><a href="/">2023</a></body></html>'
    for encoding in WRITTEN[lang].split():
        cyrillic = ("windows-1251", "koi8-r") if lang in ("ru", "uk") else ()
        for declared in (encoding, *WESTERN, *cyrillic):
            found = decode(page.encode(encoding), declared)[0]
            assert (declared, found) == (declared, page)
