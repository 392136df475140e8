"""Columns of the score that analysts' opinions of a share give, headed "컨센서스"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.tables.cells import is_nothing
from extractors.tables.schema import Header, read_header
from extractors.tables.vocabulary import fold, schema

_SCORE = re.compile(r"[1-5]\.\d{1,2}(?:점|\s?/\s?5(?:\.0)?)?")
_OPINION = re.compile(r"의견|목표\s?주?가|애널리스트|레이팅|rating|target", re.IGNORECASE)
_NAME = "투자의견 점수"


def headed_by_ratings(
    headers: Sequence[Header], columns: Sequence[Sequence[str]], headed: str, date: dt.date
) -> tuple[Header, ...]:
    """Let a consensus of scores from one to five be one of opinions, where such are told.

    ``columns`` are the texts of each column's cells. A column of such figures before it is
    what the consensus is about instead: earnings a share.
    """
    told = _OPINION.search(" ".join((headed, *(header.text for header in headers))))
    fixed = list(headers)
    for i, header in enumerate(headers):
        if not told or fold(header.text) not in schema().consensus or not _scores(columns[i]):
            continue
        if i and not _scores(columns[i - 1]):
            fixed[i] = replace(read_header(_NAME, date), text=header.text)
    return tuple(fixed)


def _scores(texts: Sequence[str]) -> bool:
    filled = [text.strip() for text in texts if not is_nothing(text)]
    return bool(filled) and all(_SCORE.fullmatch(text) for text in filled)
