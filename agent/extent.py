"""What a question may be answered from: reports up to a date, or one report."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Extent:
    """The ``reports`` that count, by id, and the limits as a query says them."""

    reports: frozenset[str]
    until: dt.date | None = None
    report: str | None = None
