"""Which release is current: a relative link, and a text file where there are no links.

The link decides. The text decides where the link is missing, leads nowhere, or was turned into
something else by a copying tool: `zip` and `cp -L` make it a folder, some shares a plain file.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from tasks.warehouse.disk import discard, remove, sync, write_text
from tasks.warehouse.layout import BUILDING, EXPIRED, MANIFEST, RELEASES

LINK = "current"
TEXT = "CURRENT"
# Names the release that is being revealed; left behind only by a run that died doing so.
INTENT = ".publishing"


def read(root: Path) -> str | None:
    """Return the id that the pointer names, or None in a warehouse without a release.

    An id that leads to no release is returned only if there is no better one.
    """
    named = [name for name in (_link(root), _text(root / TEXT)) if name]
    whole = [name for name in named if (root / RELEASES / name / MANIFEST).is_file()]
    return next(iter(whole or named), None)


def unfinished(root: Path) -> str | None:
    """Return the id of a release that a run had in place but did not point at."""
    intent = _text(root / INTENT)
    return intent if intent != read(root) else None


def reveal(root: Path, building: Path, release_id: str) -> Path:
    """Turn a finished building folder into the current release and return its path."""
    write_text(root / INTENT, release_id)
    path = root / RELEASES / release_id
    building.rename(path)
    sync(path.parent)
    point(root, release_id)
    (root / INTENT).unlink()
    return path


def point(root: Path, release_id: str) -> None:
    """Point at a release, in one step for every reader.

    The text goes first: until the link is swapped, the link still decides for the old release.
    """
    target = f"{RELEASES}/{release_id}"
    write_text(root / TEXT, f"{target}\n")
    link, fresh = root / LINK, root / f".{LINK}.new"
    if link.is_dir() and not link.is_symlink():
        discard(link)
    fresh.unlink(missing_ok=True)
    try:
        fresh.symlink_to(target)
        fresh.replace(link)
    except (OSError, NotImplementedError):
        link.unlink(missing_ok=True)  # an old link would go on deciding
    sync(root)


def sweep(root: Path) -> None:
    """Remove what dead runs left behind; only the holder of the lock may."""
    for pattern in (f"{RELEASES}/{BUILDING}*", f"{RELEASES}/{EXPIRED}*", f"{EXPIRED}*"):
        for left in root.glob(pattern):
            remove(left)
    if orphan := unfinished(root):
        remove(root / RELEASES / orphan)
    (root / INTENT).unlink(missing_ok=True)
    current = read(root)
    if current and _text(root / TEXT) != current:
        write_text(root / TEXT, f"{RELEASES}/{current}\n")


def _link(root: Path) -> str | None:
    with suppress(OSError):
        return (root / LINK).readlink().name
    return None


def _text(path: Path) -> str | None:
    with suppress(OSError, UnicodeDecodeError):
        return Path(path.read_text(encoding="utf-8").strip()).name or None
    return None
