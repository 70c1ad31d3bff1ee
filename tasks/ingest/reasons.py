"""The closed list of reasons why an input record is refused, for the tables, the CLI and docs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a record was refused.

    Attributes:
        name: The value of `rejects.reason`.
        meaning: What it says about the record.
        remedy: What the user can do about it.
    """

    name: str
    meaning: str
    remedy: str


_ALL = (
    Reason(
        "unreadable",
        "The file could not be opened or read to its end, or the address not fetched.",
        "Check its permissions and the disk, or the address; then `demarche retry`.",
    ),
    Reason(
        "unsafe_path",
        "A link or an archive member that points out of the tree that was given, a name that "
        "could do so, or an address on the web that is not public.",
        "Copy the file into the folder if you trust it; `allow_private_addresses` lets addresses be asked.",
    ),
    Reason("empty", "There is nothing in the file or record.", "Fetch it again, or delete it."),
    Reason(
        "binary",
        "The content is not text: an image, a program, an encrypted file, ...",
        "Remove it, or extract its text first.",
    ),
    Reason(
        "unsupported",
        "A format that is recognised but not read.",
        "Convert it to text, HTML, JSONL, CSV or Parquet; `detail` names the format.",
    ),
    Reason(
        "malformed",
        "The record breaks the rules of its format; `detail` says where.",
        "Mend the line or export the file again; the other records of the file were read.",
    ),
    Reason(
        "truncated",
        "The file ends in the middle of a record; what came before was read.",
        "Fetch the file again: known articles are not taken twice.",
    ),
    Reason(
        "no_text",
        "A well-formed record without text of an article.",
        "Check which field holds the text; `detail` lists the fields that were found.",
    ),
    Reason(
        "too_short",
        "Less text than an article has once headers, captions and tails are set aside.",
        "Often a paywall, a teaser or a photo page; lower the limit `min_chars` to take it.",
    ),
    Reason(
        "too_long",
        "More text than an article has.",
        "Often many articles in one file: split it, or raise the limit `max_chars`.",
    ),
    Reason(
        "too_large",
        "More bytes than the limit for its kind.",
        "Split it, or raise the limit that `detail` names.",
    ),
    Reason(
        "bomb",
        "It unpacks to far more than it holds, or is nested too deep.",
        "Do not open it elsewhere; raise the limit that `detail` names if you trust it.",
    ),
    Reason(
        "too_costly",
        "Reading it took more time or memory than one record may take.",
        "Do not open it elsewhere; raise the limit that `detail` names if you trust it.",
    ),
)

REASONS: dict[str, Reason] = {r.name: r for r in _ALL}
