"""Korean syllables by the consonant that they end in."""

from __future__ import annotations

NIEUN, RIEUL, PIEUP, SSANG_SIOT = 4, 8, 17, 20
"""The finals ㄴ, ㄹ, ㅂ and ㅆ, in the order of Unicode's syllables (section 3.12)."""


def final(letter: str) -> int:
    """Return which final consonant a syllable has: 0 for none, -1 for what is no syllable."""
    return (ord(letter) - 0xAC00) % 28 if "가" <= letter <= "힣" else -1


def any_ending_in(consonant: int) -> str:
    """Write a regex for any syllable that ends in a consonant."""
    return f"[{''.join(chr(code) for code in range(0xAC00 + consonant, 0xD7A4, 28))}]"


def with_any_final(letter: str) -> str:
    """Return a character class of a syllable with whatever final: 싸, 싼, 쌉 … of "싸"."""
    first = ord(letter) - final(letter)
    return f"[{chr(first)}-{chr(first + 27)}]"
