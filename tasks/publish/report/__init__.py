"""Writes the report page: one HTML file that shows a release and opens anywhere, offline.

The page holds its data, drawings and scripts. It loads nothing, and a content security policy keeps
it from doing so: only the two scripts whose hashes it names may run. Text of articles reaches the
page as packed data and becomes text nodes there, never HTML.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from errno import EISDIR
from importlib.util import find_spec
from pathlib import Path

from tasks.errors import UserError
from tasks.warehouse import Release

NEEDED = ("altair", "vl_convert", "networkx", "jinja2")


def write_report(release: Release, path: Path) -> Path:
    """Write the page of a release; the same release gives the same bytes.

    Args:
        release: The release to show.
        path: The HTML file; one that is there is replaced in a single step.

    Raises:
        UserError: when the extra `report` is not installed, or the file cannot be written.
    """
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise UserError(
            f"The report page needs packages that are not installed: {', '.join(missing)}.",
            'Install them: pip install "demarche[report]" (in a checkout: pip install -e ".[report]").',
        )
    from tasks.publish.report.page import build_page
    from tasks.warehouse.disk import write_text

    with _explained(path):  # before the work, not after it
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise IsADirectoryError(EISDIR, "it is a folder")
    html = build_page(release)
    with _explained(path):
        if path.exists() and not path.is_file():  # a pipe or device
            path.write_text(html, encoding="utf-8")
        else:
            write_text(path.resolve(), html)
    return path


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UserError(
            f"{path}: the report cannot be written: {error.strerror}",
            "Name another file with --output.",
        ) from error
