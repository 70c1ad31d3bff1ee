"""What a character is to duplicate detection: a separator, part of a word, or a word alone.

Fixed tables over the Basic Multilingual Plane, not `unicodedata`: the same text must give the
same fingerprint under every Python. Combining marks count as word characters, so that Indic,
Arabic and Hebrew words stay whole. Scripts written without spaces (Han, kana, Thai, Lao, Khmer,
Burmese) are read character by character.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

SEPARATOR, WORD, SOLO = 0, 1, 2
CAPITAL, DIGIT = 1, 2

# Ranges (first, last) of code points from U+0080, by Unicode 15.1 block charts.
_SEPARATORS = """
80-A9 AB-B4 B6-B9 BB-BF D7 F7 2C2-2C5 2D2-2DF 37E 387 482 55A-55F 589-58F 5BE 5C0 5C3 5C6 5F3-5F4
600-60F 61B-61F 66A-66D 6D4 6DD-6DE 6E9 6FD-6FE 700-70F 7F7-7F9 830-83E 85E 964-965 970 9F2-9F3
AF0-AF1 BF3-BFA DF4 E2F E3F E4F E5A-E5B F01-F17 F1A-F1F F34 F36 F38 F3A-F3D F85 FBE-FDA 104A-104F
109E-109F 10FB 1360-1368 1390-1399 1400 166D-166E 1680 169B-169C 16EB-16ED 1735-1736 17D4-17DB
1800-180A 1940-1945 19DE-19FF 2000-200B 200E-2070 207A-207E 208A-208E 20A0-20CF 2100-2BFF
2CE5-2CEA 2CF9-2CFF 2D70 2E00-2E7F 2FF0-3004 3008-3020 3030 3036-3037 303D-303F 309B-309C 30A0 30FB
3190-319F 31C0-31E3 3200-33FF 4DC0-4DFF A490-A4C6 A4FE-A4FF A60D-A60F A673 A67E A6F2-A6F7
A700-A721 A789-A78A A828-A82B A836-A839 A874-A877 A8CE-A8CF A8F8-A8FA A8FC A92E-A92F A95F A9C1-A9CD
AA5C-AA5F AA77-AA79 AADE-AADF ABEB D800-F8FF FB29 FD3E-FD3F FDFC-FDFF FE00-FE1F FE30-FE6F FEFF
FF00-FF0F FF1A-FF20 FF3B-FF40 FF5B-FF65 FFE0-FFFF
"""
_SOLO = """
E01-E2E E30-E3A E40-E4E E81-ECF EDC-EDF 1000-103F 1050-109D 1780-17D3 1950-19DD 3005-3007 3021-3029
3040-309A 309D-309F 30A1-30FA 30FC-30FF 3105-312F 31A0-31BF 31F0-31FF 3400-4DBF 4E00-9FFF AA60-AA76
F900-FAFF FF66-FF9F
"""
_DIGITS = """
660-669 6F0-6F9 7C0-7C9 966-96F 9E6-9EF A66-A6F AE6-AEF B66-B6F BE6-BEF C66-C6F CE6-CEF D66-D6F
E50-E59 ED0-ED9 F20-F29 1040-1049 17E0-17E9 1810-1819 FF10-FF19
"""
# Blocks with upper and lower case, closed for years: Latin, Greek, Cyrillic, Armenian, full width.
_CASED = "C0-58F 1E00-1FFF FF21-FF3A"


def _points(ranges: str) -> npt.NDArray[np.int64]:
    pairs = [(r.split("-")[0], r.split("-")[-1]) for r in ranges.split()]
    return np.concatenate([np.arange(int(a, 16), int(b, 16) + 1) for a, b in pairs])


def _classes() -> npt.NDArray[np.uint8]:
    table = np.full(0x10000, WORD, np.uint8)
    table[_points(_SEPARATORS)] = SEPARATOR
    table[_points(_SOLO)] = SOLO
    return table


def _lower() -> npt.NDArray[np.uint16]:
    """Lower case of each code point, where it takes as many UTF-8 bytes; else the same."""
    table = np.arange(0x10000, dtype=np.uint16)
    for point in _points(_CASED).tolist():
        low = chr(point).lower()
        if len(low) == 1 and len(low.encode()) == len(chr(point).encode()):
            table[point] = ord(low)
    return table


def _marks() -> npt.NDArray[np.uint8]:
    table = np.zeros(0x10000, np.uint8)
    table[np.arange(0x10000, dtype=np.uint16) != LOWER] = CAPITAL
    table[_points(_DIGITS)] = DIGIT
    table[ord("A") : ord("Z") + 1] = CAPITAL
    table[ord("0") : ord("9") + 1] = DIGIT
    return table


def _variants(table: npt.NDArray[np.uint16]) -> npt.NDArray[np.uint16]:
    """Lower case, and letters that differ in capitals or at a word's end only, as one."""
    merged = table.copy()
    merged[0x3C2] = 0x3C3  # final sigma
    merged[0x1C90:0x1CC0] = np.arange(0x10D0, 0x1100)  # Georgian capitals, in headlines alone
    return merged


CLASSES = _classes()
LOWER = _lower()
MARKS = _marks()
FOLDED = _variants(LOWER)
"""CAPITAL for upper case letters, DIGIT for digits of any script, else 0."""

ASCII_MARKS = np.concatenate([MARKS[:128], np.zeros(128, np.uint8)])

FOLD = bytes(
    ord(chr(b).lower()) if chr(b).isalnum() or b > 127 else 0 for b in [*range(128)]
) + bytes(range(128, 256))
"""For bytes.translate: ASCII letters to lower case, separators to zero, other bytes as they are."""


def classes_of(points: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint8]:
    """Return SEPARATOR, WORD or SOLO for each code point from U+0080."""
    found = CLASSES[np.minimum(points, 0xFFFF)]
    beyond = points > 0xFFFF
    if beyond.any():
        # Han beyond the first plane is read alone; U+1F000-1FFFF are pictures; the rest letters.
        astral = np.where(points >= 0x20000, SOLO, WORD).astype(np.uint8)
        astral[(points >= 0x1F000) & (points < 0x20000)] = SEPARATOR
        found = np.where(beyond, astral, found)
    return found
