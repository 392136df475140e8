"""In what somebody holds a place: "다라 순위표 3위", "서버 시장 1위", "주요 시험에서 … 2위"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.classes import BODIES
from extractors.context.scene import Draft, Scene
from extractors.figures.holders import OUTDOING, begins_at, phrase_at, topic_entity
from extractors.language.phrases import Phrase
from extractors.values.metric_data import load_metrics
from extractors.values.values import FoundValue
from kg.claim import Entity

_LED = re.compile(r"^.*[A-Za-z0-9](?:이|가|은|는)\s")
"""Who leads a phrase under a name that is not known: "마루 2가 …"."""
_TIME = re.compile(r"오늘|어제|현재|당시|이날|최근|올해|작년|지난해|지난주|이번 주|이번 달|이달")
_MOST = 40
"""A list's name is so long at most."""


def settle_rank(scene: Scene, draft: Draft) -> None:
    """Let a place say in what it is held, where the sentence tells."""
    if draft.value is None or draft.value.unit != "위" or draft.predicate != "hasMetric":
        return
    found = scene.value_of(draft)
    told = (_beside(scene, found) or _held_in(scene, found)) if found else None
    if told and told != draft.subject.label and not _TIME.fullmatch(told):
        draft.qualifiers.setdefault("topic", told)


def _beside(scene: Scene, value: FoundValue) -> str | None:
    """Return what stands before a place in its own phrase: "서버 시장 1위"."""
    phrase = phrase_at(scene, value.start)
    start = phrase.start if phrase else value.start
    return _plain(scene, start, value.start)


def _held_in(scene: Scene, value: FoundValue) -> str | None:
    """Return the list or test that a place is told at: "다라 순위표에서 나래를 제치고 1위"."""
    begins = _begins_at(scene, value)
    lists = load_metrics().ranked_in
    for phrase in reversed(scene.parsed.phrases):
        if phrase.case not in ("at", "to") or not begins <= phrase.start < value.start:
            continue
        words = scene.text[phrase.start : phrase.end].strip(" ’”'\"")
        if words.endswith(lists) or _is_test(scene, phrase):
            return _plain(scene, phrase.outer_start, phrase.end)
    return None


def _begins_at(scene: Scene, value: FoundValue) -> int:
    """Return where a place's clause begins, or the one before of whom it was won from."""
    begins = begins_at(scene, value)
    won = [c for c in scene.parsed.clauses if c.end == begins and c.lemma in OUTDOING]
    ends = (c.end for c in scene.parsed.clauses if won and c.ending == "connective")
    return max((end for end in ends if end < begins), default=0) if won else begins


def _is_test(scene: Scene, phrase: Phrase) -> bool:
    return bool(scene.named_in(phrase.start, phrase.end, ("Benchmark", "Market")))


def _plain(scene: Scene, start: int, end: int) -> str | None:
    """Return the words of a range without those that only tell how a place is held."""
    words = _LED.sub("", scene.text[start:end]).strip(" ,‘’“”'\"*").split()
    manner = load_metrics().ranked_how
    while words and words[0] in manner:
        words.pop(0)
    while words and words[-1] in manner:
        words.pop()
    told = " ".join(words)
    return told if 1 < len(told) <= _MOST else None


def placed_maker(scene: Scene, draft: Draft, value: FoundValue) -> tuple[bool, Entity | None]:
    """Return whether somebody is placed among makers, and who: "가나는 세계 3위 낸드 업체다"."""
    found = value.value.unit == "위" and load_metrics().ranked_as.match(scene.text, value.end)
    if not found or draft.subject.cls in (*BODIES, "Place"):
        return False, None
    draft.qualifiers["product"] = draft.subject.label
    apposed = (n[0] for n in scene.names if found["apposed"] and n[1] == found.end())
    clause = scene.parsed.clause_to(found.end())
    maker = next(apposed, None) or topic_entity(
        scene, clause, phrase_at(scene, value.start), (*BODIES, "Place")
    )
    return True, maker


def placed_by_share(drafts: Sequence[Draft], draft: Draft) -> Entity | None:
    """Return who is placed by their share of a market, not the goods: "가나 낸드 점유율은 3위"."""
    if draft.qualifiers.get("metric") != "순위" or draft.subject.cls in BODIES:
        return None
    shares = [d for d in drafts if d.predicate == "marketShare" and d.subject.cls in BODIES]
    told = {d.subject.id for d in shares}
    goods = draft.subject.label
    if len(told) != 1 or shares[0].qualifiers.get("product") != goods:
        return None
    draft.qualifiers["product"] = goods
    return shares[0].subject
