"""What is made where a name only says of what: the "DDR5 인터페이스 IP" is no DDR5.

The nouns that make another thing of a name, with examples, are ``longer_things.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.alternation import any_of
from extractors.classes import MADE
from extractors.context.scene import Draft, Named, Scene
from extractors.language.words import is_compound
from extractors.lexicon.makers import is_category
from extractors.names.labels import label_of
from extractors.word_lists import filled, inverted, load_words
from kg.claim import Entity, entity_id

_MAKING = frozenset({"develops", "coDevelops", "releases", "produces", "uses", "cancels"})
_END = r"(?=인\s|[을를은는이가의도와과로]|에|[\s,.·)’”'\"]|$)"


@dataclass(frozen=True, slots=True)
class Wholes:
    """The nouns of the data file; ``tail`` finds the words behind a name up to one of them."""

    tail: re.Pattern[str]
    heads: Mapping[str, str]
    same: Mapping[str, frozenset[str]]
    others: frozenset[str]
    between: frozenset[str]


@lru_cache(maxsize=1)
def load_wholes() -> Wholes:
    """Load and compile the nouns once a process."""
    data = load_words("names/longer_things.yaml")
    heads = inverted(data["heads"])
    nouns = any_of([*heads, *data["others"]])
    return filled(
        Wholes,
        data,
        tail=re.compile(
            rf"(?P<between>(?:\s(?:[가-힣]{{2,6}}|[A-Z][A-Za-z0-9]*)){{0,2}})\s(?P<head>{nouns}){_END}"
        ),
        heads=heads,
    )


def make_whole(scene: Scene, drafts: Sequence[Draft]) -> None:
    """Let what is made, put out or used be the whole that a name only begins.

    Where the whole is nothing that is made ("엑시노스 개발 조직"), nothing is claimed.
    """
    for draft in drafts:
        thing = draft.object
        if thing is None or draft.predicate not in _MAKING or thing.cls not in MADE:
            continue
        if version := _labelled(scene, thing):
            draft.object = version
            continue
        named = _once(scene, thing)
        if named is not None and (coded := _coded(scene, named)):
            draft.object = coded
            continue
        if named is None or (tail := _tail(scene, named)) is None:
            continue
        if tail["head"] in load_wholes().others:
            if scene.text[tail.end() : tail.end() + 1] in ("을", "를"):
                draft.modality, draft.tail = None, None
            continue
        label = scene.text[named[1] : tail.end()]
        cls = load_wholes().heads[tail["head"]]
        draft.object = Entity(entity_id(label), cls, label)
        draft.end = max(draft.end, tail.end())


def _once(scene: Scene, thing: Entity) -> Named | None:
    """Return the one mention of a thing, with a gloss of it: "고대역폭메모리(HBM)"."""
    named = [n for n in scene.names if n[0].id == thing.id]
    glossed = len(named) == 2 and scene.text[named[0][2] : named[1][1]].strip() == "("
    if glossed and scene.text[named[1][2] : named[1][2] + 1] == ")":
        return named[0][0], named[0][1], named[1][2] + 1
    return named[0] if len(named) == 1 else None


def _coded(scene: Scene, named: Named) -> Entity | None:
    """Return the one of a kind that a code before it tells: "Gana10 낸드"."""
    kind, start, end = named
    code = _CODE.search(scene.text, 0, start) if is_category(kind) else None
    if code is None:
        return None
    begins = code.start()
    taken = any(begins < n[2] <= start for n in scene.names)
    dated = any(begins < period.end <= start for period in scene.periods)
    if taken or dated or any(begins < value.end <= start for value in scene.values):
        return None
    label = scene.text[begins:end]
    return Entity(entity_id(label), kind.cls, label)


_CODE = re.compile(r"(?<![A-Za-z0-9.\-])[A-Z][A-Za-z]+-?\d+[A-Za-z0-9]*\s$")


def _labelled(scene: Scene, family: Entity) -> Entity | None:
    """Return the version that an item is labelled with, whose family its text names.

    "누리 4 선생님: 교사를 위한 무료 누리 출시" puts out what the label names.
    """
    first = scene.names[0] if scene.names else None
    if first is None or family.id not in first[0].broader:
        return None
    label = label_of(scene.text)
    named = label is not None and first[1] == label.start and first[2] >= label.end
    return first[0] if named else None


def _tail(scene: Scene, named: Named) -> re.Match[str] | None:
    """Return the words from a name to the noun that it is of another thing with."""
    entity, _, end = named
    words = load_wholes()
    match = words.tail.match(scene.text, end)
    if match is None or any(end < start < match.end() for _, start, _ in scene.names):
        return None
    if match["head"] in words.same.get(entity.cls, ()) and not match["between"]:
        return None
    between = match["between"].split()
    plain = all(w in words.between or w[0] < "가" or is_compound(w) for w in between)
    return match if plain else None
