"""A run says which languages were coded, and which have no pack."""

from __future__ import annotations

from pathlib import Path

from flows.commands.languages import language_account
from tests.flows.running import current, run

TEXTS = {
    "en.txt": "French President Emmanuel Macron met Russian President Vladimir Putin in Geneva on "
    "Monday to discuss the war, and the two leaders agreed to meet again in the autumn.",
    "es.txt": "El presidente francés Emmanuel Macron se reunió el lunes en Ginebra con el "
    "presidente ruso Vladímir Putin para hablar de la guerra, y ambos acordaron volver a verse.",
    "de.txt": "Der französische Präsident Emmanuel Macron hat am Montag in Genf den russischen "
    "Präsidenten Wladimir Putin getroffen, um mit ihm über den Krieg und die Folgen zu sprechen.",
}


def test_languages_with_and_without_a_pack_are_counted(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name, text in TEXTS.items():
        (inbox / name).write_text(text, encoding="utf-8")
    run(tmp_path / "warehouse", inbox)
    release = current(tmp_path / "warehouse")
    assert language_account(release) == "coded: en 1, es 1; not coded, no pack: de 1"
    assert {m["lang"] for m in release.read("mentions").to_pylist()} == {"en", "es"}
