"""Who takes which part of making a thing: "설계는 가나가 맡고 생산은 다라가 담당한다".

The words are data (``tasks.yaml``), with examples beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from extractors.alternation import any_of
from extractors.classes import BODIES, THINGS
from extractors.context.scene import Draft, Scene
from extractors.word_lists import inverted, load_words
from kg.claim import Entity

_WORDS = "relations/tasks.yaml"
_SURE = "0.7"


@lru_cache(maxsize=1)
def _told() -> re.Pattern[str]:
    """Match a task, who takes it, and that they do, or that the next of a row follows."""
    data = load_words(_WORDS)
    return re.compile(
        rf"(?:^|[\s,])(?P<task>{any_of(inverted(data['tasks']))})(?:은|는)\s"
        rf"(?P<who>[^,.]{{2,24}}?)(?:이|가|에서)(?:\s[^,.]{{0,16}}?)?"
        rf"(?:(?=,\s)|(?:[을를]\s|\s){any_of(data['taking'])})"
    )


def match_tasks(scene: Scene, matched: Sequence[Draft]) -> Iterator[Draft]:
    """Yield what each is told to do for the one thing that a sentence, or the last, is about."""
    if not any(word in scene.text for word in load_words(_WORDS)["taking"]):
        return
    known = {(d.subject.id, d.predicate) for d in matched}
    predicates = inverted(load_words(_WORDS)["tasks"])
    for found in _told().finditer(scene.text):
        thing = _thing(scene, found.start("task"))
        firms = scene.named_in(*found.span("who"), BODIES)
        if thing is None or not firms or firms[-1][2] < found.end("who"):
            continue
        firm, start, _ = firms[-1]
        predicate = predicates[found["task"]]
        if (firm.id, predicate) not in known:
            yield Draft(firm, predicate, thing, None, start, found.end(), confidence=_SURE)


def _thing(scene: Scene, before: int) -> Entity | None:
    """Return the last thing named before an offset, else the one told of in the last sentence."""
    named = scene.named_in(0, before, THINGS)
    carried = scene.discourse.thing if scene.may_carry else None
    return named[-1][0] if named else carried if carried and carried.cls in THINGS else None
