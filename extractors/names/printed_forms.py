"""Whether what is printed is a name: its case, what stands around it, the title it ends in."""

from __future__ import annotations

import re

from extractors.classes import BODIES, THINGS
from extractors.lexicon.name_index import fold
from extractors.names.name_patterns import patterns

_LETTERED = re.compile(r"(?<![A-Za-z0-9])[A-Z]-$")
"""A letter that makes of a name another: the "K-" of "K-EXAONE"."""


def is_titled(text: str, end: int) -> bool:
    """Tell whether a title follows a name: "가나다 대표는"."""
    return text[end : end + 1] == " " and text.startswith(patterns().titles, end + 1)


def is_inside(text: str, start: int, cls: str) -> bool:
    """Tell the end of a longer name: "HT마이크론" is no 마이크론, "K-EXAONE" no EXAONE."""
    if _LETTERED.search(text, max(0, start - 3), start) and cls in (*THINGS, "Concept"):
        return True
    glued = start > 0 and text[start - 1].isascii() and text[start - 1].isalpha()
    return glued and cls in BODIES and "가" <= text[start] <= "힣"


def without_title(text: str, start: int, end: int) -> int:
    """Leave a title out of a person's mention ("젠슨 황 CEO"): it is a role to be read."""
    printed = text[start:end]
    for role in patterns().roles if printed.endswith(patterns().roles) else ():
        if printed.endswith(role) and len(printed) > len(role) + 1:
            return start + len(printed[: -len(role)].rstrip())
    return end


def same_case(name: str, printed: str) -> bool:
    """Hold short Latin names to their case ("IT" is not "it"), English words to a capital."""
    if not name.isascii():
        return True
    key = fold(name)
    if key in patterns().words:
        return not printed.islower()
    return len(key) > 4 or not name.isupper() or printed.isupper()


def is_measure(text: str, start: int, printed: str) -> bool:
    """Tell whether a name that is also a unit stands behind a number ("0.5 테슬라")."""
    if fold(printed) not in patterns().units:
        return False
    return re.search(r"(?:\d\.\d+\s?|\d|수\s)$", text[max(0, start - 8) : start]) is not None
