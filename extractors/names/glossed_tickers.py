"""Tickers that a text gives with names: LITE is 루멘텀 behind "루멘텀(LITE)"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from extractors.names.name_patterns import patterns
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
