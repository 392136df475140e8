"""One preferred label a language for each thing, whatever name each report gives it.

The graph of a report is made of that report alone. Where two reports prefer other names of
one thing ("DDR 5", "DDR5"), or a decision joined two, both graphs prefer the more usual one
and keep their own as kg:printedLabel and skos:altLabel. Which is preferred depends on the
reports that are there, not on when they came: with each change the graphs concerned are
labelled anew.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from kg.claim import Entity

if TYPE_CHECKING:
    from kg.alias_table import Name

Labels = tuple[str, str | None]
Tables = Mapping[str, Iterable["Name"]]
"""The names of each report, by its id."""


def disputed(tables: Tables) -> dict[str, Labels]:
    """Return the Korean and the English label to prefer, where reports prefer several."""
    ko: defaultdict[str, Counter[str]] = defaultdict(Counter)
    en: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for names in tables.values():
        for name in names:
            ko[name.id][name.known_as or name.label] += 1
            if name.label_en:
                en[name.id][name.label_en] += 1
    several = (id_ for id_, labels in ko.items() if len(labels) > 1 or len(en[id_]) > 1)
    return {id_: (_usual(ko[id_]), _usual(en[id_]) if en[id_] else None) for id_ in several}


def _usual(labels: Counter[str]) -> str:
    return min(labels, key=lambda label: (-labels[label], label))


def relabelled(
    before: Tables, after: Tables, fresh: Collection[str]
) -> Iterator[tuple[str, Entity]]:
    """Yield what to label anew, by report; the graphs of ``fresh`` are as their reports say."""
    old, new = disputed(before), disputed(after)
    if not (old or new):
        return
    for report, names in after.items():
        for name in names:
            held = None if report in fresh else old.get(name.id)
            if held != new.get(name.id):
                yield report, settled(name, new.get(name.id))


def settled(name: Name, preferred: Labels | None) -> Entity:
    """Return an entity as its report has it, under the preferred labels if there are any."""
    ko, en = preferred or (name.known_as or name.label, name.label_en)
    own = {*name.aliases, name.label, name.label_en or name.label, name.known_as or name.label}
    return Entity(
        name.id,
        name.cls,
        name.label,
        name.label_en and en,
        tuple(sorted(own - {name.label, ko, en})) if preferred else name.aliases,
        known_as=None if ko == name.label else ko,
    )
