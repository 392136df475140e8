"""Tickers that a text gives with names: LITE is 루멘텀 behind "루멘텀(LITE)".

A line that begins with a name and its ticker tells an unknown firm: "3. Corvelin (CVLN)".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from extractors.language.words import is_common
from extractors.names.latin_names import is_plain
from extractors.names.name_patterns import Hint, patterns
from extractors.sparing import sparing
from extractors.values.metric_data import load_metrics
from kg.claim import Entity

_CODE = sparing(r"\s?\((?P<code>[A-Z]{3,5})(?=[),·/\s])")
_FEWEST = 2
"""So many firms have their tickers beside them in a text that gives tickers."""


def glossed_tickers(
    texts: Iterable[str],
    find: Callable[[str], Sequence[tuple[Entity, int, int]]],
    is_known: Callable[[str], bool],
) -> Iterator[tuple[str, str]]:
    """Yield firms by id with the codes behind their names, if each is of one and new."""
    told: dict[str, dict[str, bool]] = {}
    for text in texts:
        for entity, _, end in find(text) if _CODE.search(text) else ():
            match = _CODE.match(text, end) if entity.cls == "Company" else None
            if match and match["code"] not in load_metrics().words:
                told.setdefault(match["code"], {})[entity.id] = entity.ticker == match["code"]
    alone = {code: next(iter(firms.items())) for code, firms in told.items() if len(firms) == 1}
    several = len({key for key, _ in alone.values()}) >= _FEWEST
    for code, (key, own) in alone.items():
        if (own or several) and not is_known(code) and code.casefold() not in patterns().stop:
            yield key, code


_LED = re.compile(
    r"[^\w(]*(?:\d{1,2}[.)]\s*)?(?P<name>[A-Z][\w.&'\-]*(?:\s[A-Z][\w.&'\-]*){0,3}|[가-힣A-Za-z]{2,12})"
    r"\s?\((?P<code>[A-Z]{2,5}|\d{6}|\d{4})(?:[.:,\s][^()]{0,24})?\)\s*(?:$|[:：—–]|-\s)"
)
_TRADED = re.compile(r"티커|시가총액|주가|종목코드|목표가|NASDAQ|NYSE|나스닥|코스닥|코스피|상장")
_BELOW = 4


def firms_by_ticker(texts: Sequence[str]) -> Iterator[Hint]:
    """Yield the firms that lines begin with, each with its ticker: "3. Corvelin (CVLN)".

    Letters that are only the initials of the words before ("Model Context Protocol (MCP)") are
    no ticker, unless the lines below tell of its price.
    """
    for at, text in enumerate(texts):
        match = _LED.match(text) if "(" in text else None
        if (
            match is None
            or match["code"] in load_metrics().words
            or is_common(match["name"])
            or all(map(is_plain, match["name"].split()))
        ):
            continue
        below = " ".join(texts[at + 1 : at + 1 + _BELOW])
        if _TRADED.search(below) or _is_of_name(match["code"], match["name"]):
            yield Hint(match["name"], "Company", True)


def _is_of_name(code: str, name: str) -> bool:
    """Tell a ticker made of a name's letters, more than its initials: CVLN of Corvelin."""
    initials = "".join(ch for ch in name if ch.isupper())
    letters = iter(name.upper())
    return code.isalpha() and code != initials and all(ch in letters for ch in code)
