"""Names found in a report that are one: in a pair ``한글(English)``, glossed, or shortened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from extractors.classes import BODIES, THINGS
from extractors.language.words import sounds_like
from extractors.lexicon.name_index import NameIndex, fold
from extractors.names.name_patterns import patterns

_CODE = re.compile(r"[A-Z\s]\d")
_INNER_GLOSS = re.compile(r"(?P<ko>[^()]+)\((?P<en>[A-Za-z][^()]*)\)(?P<rest>[\s\-]?[A-Z]*\d.*)")


@dataclass(slots=True)
class Discovered:
    """One name found in a report: its class by the votes, other spellings, known family."""

    name: str
    cls: str
    aliases: list[str] = field(default_factory=list)
    family: str | None = None


def korean_side(words: str, english: str) -> str:
    """Take as many Korean words before the bracket as belong to the English name."""
    wanted = max(1, sum(w[:1].isupper() for w in english.split()) if " " in english else 1)
    wanted -= wanted > 1 and english.endswith(" AI") and words.endswith("AI")  # 다라AI(Dara AI)
    kept: list[str] = []
    for word in reversed(words.split()[-wanted:]):
        if kept and re.search(r"(?:은|는|을|를|의|에|와|과|로|한|인|된|할|하는|며|고)$", word):
            break
        kept.insert(0, word)
    while len(kept) > 1 and kept[0].endswith(tuple(patterns().introducing)):
        kept.pop(0)  # "상장사 가나포토닉스(Gana Photonics)"
    return " ".join(kept)


def _are_apart(one: str, other: str) -> bool:
    """Tell a thing from whose it is: "Gana H2 (다라 로보틱스)"."""
    return (one in THINGS and other in BODIES) or (one in BODIES and other in THINGS)


def may_be_one(korean: str, english: str) -> bool:
    """Whether 한글 transcribes the Latin name, is translated by it, or only adds a suffix."""
    if korean[0].isdigit():
        return False
    if not english.isascii() or korean.isascii():
        return True
    ends_so = korean[2:].endswith(tuple(patterns().suffix_classes))
    return ends_so or sounds_like(korean, english)


class Joining:
    """Joins what was ``found``, by folded name; a name that is ``known`` is joined to none."""

    def __init__(self, found: dict[str, Discovered], known: NameIndex) -> None:
        self._found, self._known = found, known

    def joined(self, pairs: Iterable[tuple[str, str]]) -> list[Discovered]:
        """Return each entity once, with all its spellings; ``pairs`` are two of one."""
        self._join_glossed()
        self._join_pairs(pairs)
        self._join_surnames()
        for item in list(self._found.values()):
            if item.cls == "Person":
                item.aliases.extend(self._short_names(item))
        return list({id(item): item for item in self._found.values()}.values())

    def _join_pairs(self, pairs: Iterable[tuple[str, str]]) -> None:
        found = self._found
        for korean, english in pairs:
            if self._known.get(korean) or self._known.get(english):
                continue
            left, right = found.get(fold(korean)), found.get(fold(english))
            item = left or right
            both = left is not None and right is not None and not _are_apart(left.cls, right.cls)
            versioned = _CODE.search(english) and not _CODE.search(korean)
            if item is None or not (both or (not versioned and sounds_like(korean, english))):
                continue
            item.cls = (right or item).cls if left is None else item.cls
            item.name = korean
            item.aliases.append(english)
            found[fold(korean)] = found[fold(english)] = item

    def _join_glossed(self) -> None:
        """Let "베르나(Berna) 5" and "Berna 5" be "베르나 5"."""
        found = self._found
        for key, item in list(found.items()):
            glossed = _INNER_GLOSS.fullmatch(item.name)
            plain = found.get(fold(glossed["ko"] + glossed["rest"])) if glossed else None
            if glossed and plain:
                plain.aliases += [item.name, glossed["en"] + glossed["rest"]]
                found[key] = plain

    def _join_surnames(self) -> None:
        """Let "Bubeck" be "Sebastien Bubeck" when exactly one full name ends so."""
        found = self._found
        people = [i for i in found.values() if i.cls == "Person" and " " in i.name]
        for key, item in list(found.items()):
            full = [p for p in people if p.name.split()[-1] == item.name]
            if item.cls == "Person" and len(full) == 1:
                full[0].aliases.append(item.name)
                found[key] = full[0]

    def _short_names(self, item: Discovered) -> Iterator[str]:
        for name in (item.name, *item.aliases):
            last = name.split()[-1]
            if (
                " " in name
                and len(last) > 2
                and fold(last) not in self._found
                and not self._known.get(last)
            ):
                yield last
