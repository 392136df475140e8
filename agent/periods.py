"""Periods of questions against periods and words of reports."""

from __future__ import annotations

import re


def periods_agree(a: str, b: str) -> bool:
    """Tell whether one ISO-like period lies in the other ("2025" and "2025-Q1")."""
    if "/" in a or "/" in b:
        return bool({part[:4] for part in a.split("/")} & {part[:4] for part in b.split("/")})
    return a.startswith(b) or b.startswith(a)


def written(period: str, text: str) -> bool:
    """Tell whether the folded text writes the period out ("2024-12-30": 12월30일)."""
    year, _, rest = period.partition("-")
    if not rest:
        return year in text
    if match := re.fullmatch(r"(\d\d)-(\d\d)", rest):
        return f"{int(match[1])}월{int(match[2])}일" in text
    if rest.startswith("Q"):
        return f"{rest[1]}분기" in text or f"{rest[1]}q{year[2:]}" in text
    return f"{int(rest)}월" in text if rest.isdigit() else False
