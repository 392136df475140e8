"""Relations without a verb, matched over a sentence whose names are placeholders.

The patterns are data (``patterns.yaml``). A name becomes ``⟦C3⟧``: its class letter and
number; so a pattern never sees, and never mistakes, the name itself. A pattern with a
``value`` tells a quality instead ("MIT 라이선스로"). Without a ``subject`` it is of the topic.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from extractors.alternation import any_of
from extractors.context.scene import Draft, Scene
from extractors.errors import ExtractionError
from extractors.figures.holders import topic_entity
from extractors.names.placeholders import LETTERS, Shortlist, Skeleton, skeleton_of_names
from extractors.values.values import parse_value
from extractors.word_lists import load_words
from kg.claim import Entity, Modality, Value
from kg.vocab import PREDICATES

_FILE = "relations/patterns.yaml"
_GLOSS = r"(?:\s?\([^()]*\))?[”’\"']?"
"""What may follow any name: "시놉시스(Synopsys)", "‘누리’"."""
_PREFIXED = r"(?:(?:수석|최고|선임|공동|총괄|기술|연구)?(?:담당 )?[가-힣A-Z]{0,8}"
"""What may stand before the last part of a title: "수석 기술담당 부사장"."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One group of patterns with the same meaning."""

    predicate: str
    subject: str | None
    object: str | None
    qualifiers: Mapping[str, str]
    maker: bool
    patterns: tuple[str, ...]
    examples: tuple[Mapping[str, Any], ...]
    never: tuple[str, ...]
    value: str | None = None
    metric: str | None = None
    topic: tuple[str, ...] = ()
    reverse: bool = False
    modality: Modality | None = None
    money: bool = False


@lru_cache(maxsize=1)
def load_patterns() -> tuple[Pattern, ...]:
    """Load the patterns once a process."""
    names = load_words("names/names.yaml")
    role = any_of((*names["roles"], *names["titles"]))
    role = rf"{role}|{_PREFIXED}{role})"
    return tuple(_pattern(record, role) for record in load_words(_FILE)["patterns"])


@lru_cache(maxsize=1)
def _shortlist() -> tuple[tuple[Pattern, ...], Shortlist]:
    """Return the group of every pattern, and what tells which may match."""
    every = tuple(group for group in load_patterns() for _ in group.patterns)
    patterns = [pattern for group in load_patterns() for pattern in group.patterns]
    return every, Shortlist(patterns, [()] * len(every))


def _pattern(record: Mapping[str, Any], role: str) -> Pattern:
    if record.get("predicate") not in PREDICATES:
        raise ExtractionError(
            f"{_FILE!r}: pattern {record.get('predicate')!r} is no predicate of the ontology"
        )
    patterns = tuple(_expand(p, role) for p in record["patterns"])
    return Pattern(
        record["predicate"],
        record.get("subject"),
        record.get("object"),
        record.get("qualifiers", {}),
        bool(record.get("maker")),
        patterns,
        tuple(record.get("examples", ())),
        tuple(record.get("never", ())),
        record.get("value"),
        record.get("metric"),
        tuple(record.get("topic", ())),
        bool(record.get("reverse")),
        record.get("modality"),
        bool(record.get("money")),
    )


def _expand(pattern: str, role: str) -> str:
    def placeholder(match: re.Match[str]) -> str:
        letters = "".join(LETTERS[cls] for cls in match[2].split("|"))
        return rf"⟦[{letters}](?P<{match[1]}>\d+)⟧{_GLOSS}"

    return re.sub(r"\{(\w+):([\w|]+)\}", placeholder, pattern).replace("{ROLE}", role)


def match_patterns(scene: Scene, makers: Mapping[str, Collection[str]]) -> Iterator[Draft]:
    """Yield a draft for every relation that a pattern finds."""
    named = [n for n in scene.names if not scene.is_generic(n[0])]
    bones = skeleton_of_names(scene)
    every, shortlist = _shortlist()
    for number, regex in shortlist.of(bones.letters, scene.pairs):
        pattern = every[number]
        if pattern.object is None:
            yield from _qualities(scene, pattern, regex, bones)
        elif len(named) > (pattern.subject is not None):
            yield from _relations(scene, pattern, regex, bones, makers)


def _relations(
    scene: Scene,
    pattern: Pattern,
    regex: re.Pattern[str],
    bones: Skeleton,
    makers: Mapping[str, Collection[str]],
) -> Iterator[Draft]:
    assert pattern.object is not None
    for match in _overlapping(regex, bones.text):
        target = scene.names[int(match[pattern.object])][0]
        subject = _holder(scene, pattern, bones, match)
        if subject and subject.id == target.id:
            subject = _topic_beside(scene, pattern, bones, match)
        if subject and pattern.reverse:
            subject, target = target, subject
        if subject and _fits(pattern, subject, target, makers):
            draft = _draft(pattern, bones, match, subject, target)
            yield _with_money(scene, draft) if pattern.money else draft


def _with_money(scene: Scene, draft: Draft) -> Draft:
    inside = [v for v in scene.values if draft.start <= v.start and v.end <= draft.end]
    found = next((v for v in inside if v.value.currency), None)
    if found:
        draft.value = found.value
        draft.qualifiers["amount"] = found.value.text
    return draft


def _qualities(
    scene: Scene, pattern: Pattern, regex: re.Pattern[str], bones: Skeleton
) -> Iterator[Draft]:
    """Yield what a pattern tells of one holder: the name it matched, else the topic."""
    for match in regex.finditer(bones.text):
        holder = _holder(scene, pattern, bones, match)
        if holder is None:
            continue
        draft = _draft(pattern, bones, match, holder, None)
        begins, ends = match.span(pattern.value or 0)
        told = scene.text[bones.offset(begins) : bones.offset(ends)]
        sized = parse_value(told) if told[-1:] in _SCALES else None
        draft.value = sized or Value(told.strip())
        draft.qualifiers["metric"] = pattern.metric or ""
        clause = scene.parsed.clause_to(draft.end)
        if pattern.modality is None:
            draft.tail = (draft.end, max(draft.end, clause.tail_end if clause else draft.end))
        yield draft


_SCALES = ("B", "T")
"""How the counts end that a pattern finds: "70B"."""


def _holder(scene: Scene, pattern: Pattern, bones: Skeleton, match: re.Match[str]) -> Entity | None:
    if pattern.subject and match.groupdict().get(pattern.subject):
        return scene.names[int(match[pattern.subject])][0]
    at = bones.offset(match.start())
    clause = next((c for c in scene.parsed.clauses if c.end > at and c.ending != "relative"), None)
    made = clause is not None and clause.voice == "passive"  # "HBM을 쌓고 4나노로 제작된": not HBM
    cases = ("object", "bare", "also") if pattern.object is None and not made else ()
    inside = [p for p in (clause.args if clause else ()) if p.case in cases]
    for phrase in reversed(inside):
        named = scene.fill(phrase, pattern.topic)
        if named:
            return named[-1][0]
    return topic_entity(scene, clause, None, pattern.topic)


def _overlapping(regex: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Find matches that may share a name: "A의 B와 C의 D"."""
    position = 0
    while match := regex.search(text, position):
        yield match
        position = match.start() + 1


def _fits(
    pattern: Pattern, subject: Entity, target: Entity, makers: Mapping[str, Collection[str]]
) -> bool:
    if subject.id == target.id:
        return False
    known = makers.get(target.id)
    return not (pattern.maker and known and subject.id not in known)


def _topic_beside(
    scene: Scene, pattern: Pattern, bones: Skeleton, match: re.Match[str]
) -> Entity | None:
    """Return the sentence's topic, where a clause inside it has another subject."""
    at = bones.offset(match.start())
    topics = [p for p in scene.parsed.phrases if p.case == "topic" and p.end <= at]
    named = scene.fill(topics[-1], pattern.topic) if topics else []
    return named[-1][0] if named else None


def _draft(
    pattern: Pattern,
    bones: Skeleton,
    match: re.Match[str],
    subject: Entity,
    target: Entity | None,
) -> Draft:
    start, end = bones.span(match)
    draft = Draft(subject, pattern.predicate, target, None, start, end)
    draft.modality = pattern.modality or draft.modality
    for key, group in pattern.qualifiers.items():
        words = match.groupdict().get(group)
        if words:
            told = bones.text[: match.start()] + match[0]
            was = _WAS.match(bones.text, match.end(group))
            former = key == "role" and (was or _FORMER.search(told))
            draft.qualifiers[key] = f"전 {words}" if former else words
            if key == "role" and (chosen := _CHOSEN.match(bones.text, match.end(group))):
                draft.qualifiers[key] += chosen[0]
                draft.modality = "plan"
    return draft


_CHOSEN = re.compile(r"\s?(?:지명자|후보자|내정자|당선인|당선자)")
"""What ends a role that somebody is only to have: "상무부 장관 지명자"."""
_WAS = re.compile(
    r"(?:이?었던|였던|이던)\s|직?[을를]\s(?:지낸|역임한|맡았던|거친|지냈던)\s"
    r"|(?:직|\s자리)?에서\s(?:[^\s]+\s)?(?:물러|내려|사임)"
)
"""What ends a role that somebody is told to have had: "가나 창업자였던 다라마"."""
_FORMER = re.compile(
    r"(?:^|[,·(]\s?|(?<![주일년월간분달흘틀해])\s)(?:전|前|옛)\s"
    r"(?=[‘“'\"]?⟦[A-Z]\d+⟧[^⟦]*(?:⟦[A-Z]\d+⟧[^⟦]*)?$)"
)
"""What tells that a role is over: "전 가나 대표 김다라", "김다라 전 가나 대표"."""
