"""Characters that are not what they look like: symbol fonts and Unicode look-alikes."""

from __future__ import annotations

import re
import unicodedata

_SYMBOL_FONT = re.compile(r"wingding|webding|dingbat|symbol", re.IGNORECASE)
_WINGDINGS = {
    "l": "●", "m": "○", "n": "■", "o": "□", "p": "□", "q": "❑", "r": "❒", "s": "◆",
    "t": "◆", "u": "◆", "v": "❖", "w": "◆", "y": "□", "z": "■", "x": "☒", "F": "☞", "E": "☜",
    "\x9e": "·", "\x9f": "•", "\xa0": "▪", "\xa1": "○", "\xa2": "○", "\xa3": "◎", "\xa4": "◎",
    "\xa5": "◎", "\xa6": "○", "\xa7": "▪", "\xa8": "□", "\xaa": "✦", "\xab": "★", "\xac": "★",
    "\xd8": "➢", "\xe0": "→", "\xe8": "➔", "\xf0": "➪", "\xfb": "✘", "\xfc": "✓", "\xfe": "☑",
}  # fmt: skip
_DINGBATS = {
    "l": "●", "m": "○", "n": "■", "o": "□", "p": "□", "q": "❑", "u": "◆", "v": "❖", "4": "✓",
}  # fmt: skip
_GREEK = {"\xb7": "•", "\xae": "→", "\xa8": "◆", "\xb3": "≥", "\xa3": "≤", "\xb1": "±", "\xb4": "×"}
BULLETS = frozenset("●○ㅇ■□❑❒◆◈❖▪◎★✦➢➔➪✓✔☑▶▷►▸▹◇▣◦•∙·‣⁃☞※-–—")
"""Signs that open a list item when white space and text follow them."""

_SUPER = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
_KEPT = {"･": "·", "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u200a": " "}
_DROPPED = frozenset("\u200b\u200c\u200d\u2060\ufeff\uffff")
HYPHEN = "\u00ad"
"""Stands for a hyphen at which a word was parted, until lines are joined."""
_HYPHENS = frozenset("\u00ad\ufffe\x02")
"""What PDFium gives for it."""


def is_symbol_font(font: str) -> bool:
    """Tell whether a font shows pictures in the places of letters."""
    return _SYMBOL_FONT.search(font) is not None


def symbol(char: str, font: str) -> str:
    """Return the sign that a symbol font shows for ``char``; a plain bullet when unknown.

    Symbol fonts are encoded as Latin letters or in the private area from U+F000.
    """
    code = chr(ord(char) - 0xF000) if 0xF020 <= ord(char) <= 0xF0FF else char
    name = font.lower()
    table = _DINGBATS if "dingbat" in name else _GREEK if "symbol" in name else _WINGDINGS
    if code in table:
        return table[code]
    if code != char:
        return "•"
    return char if "symbol" in name or not code.isalnum() else "•"


def private(char: str) -> str:
    """Return what a character of the private area stands for, outside symbol fonts too."""
    return symbol(char, "wingdings") if 0xF020 <= ord(char) <= 0xF0FF else "•"


def letter(char: str) -> str:
    """Return the ordinary character that a look-alike stands for, ``""`` for invisible ones.

    Radicals (⼤ U+2F25), compatibility ideographs, half-width letters and ligatures become
    what one would type; characters that are meant to look different (①, ㎡, ½, ％) stay.
    """
    if char in _KEPT:
        return _KEPT[char]
    if char in _HYPHENS:
        return HYPHEN
    if char in _DROPPED or (char < " " and char not in "\t\n\r"):
        return ""
    code = ord(char)
    if code < 0x2E80:
        return char
    look_alike = (
        code <= 0x2FDF
        or 0xF900 <= code <= 0xFB06
        or 0xFF61 <= code <= 0xFFDC
        or 0x2F800 <= code <= 0x2FA1F
    )
    return unicodedata.normalize("NFKC", char) if look_alike else char


def raised(text: str) -> str:
    """Return a raised number in superscript signs, so that 10²⁶ is not read as 1026."""
    return text.translate(_SUPER)
