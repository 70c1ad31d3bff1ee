"""The texts of a release beside its tables: codebook and data package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tasks.publish import package
from tasks.publish.codebook import codebook
from tasks.publish.sections import as_html, as_markdown
from tasks.summarize import Built
from tasks.summarize.build import Folders
from tasks.warehouse import ReleaseBuilder

MARKDOWN, HTML = "codebook.md", "codebook.html"


def write_documents(
    builder: ReleaseBuilder, folder: Folders, built: Sequence[Built], counts: Mapping[str, int]
) -> None:
    """Write codebook.md, codebook.html and datapackage.json into a release that is being built.

    Args:
        builder: The release; its tables and marts are written already.
        folder: Where the SQL models are.
        built: The models as they were built.
        counts: Rows of each table and mart.
    """
    sections = codebook(folder, built, counts)
    builder.write_document(MARKDOWN, as_markdown(sections))
    builder.write_document(HTML, as_html(sections, "Codebook"))
    described = package.datapackage(builder.files, built, (MARKDOWN, HTML))
    builder.write_document(package.NAME, package.as_text(described))
