"""English sentences and headlines in Korean reports: word order instead of particles.

The verbs, with examples that run as tests, are ``english.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from extractors.alternation import any_of
from extractors.classes import BODIES, THINGS
from extractors.context.scene import Draft, Scene
from extractors.lexicon.name_index import fold
from extractors.names.name_patterns import patterns
from extractors.values.metric_data import kind_of
from extractors.values.values import FoundValue
from extractors.word_lists import filled, load_words
from kg.claim import Entity, Modality, entity_id

_HANGUL = re.compile(r"[가-힣]+")
_LATIN = re.compile(r"[A-Za-z]+")
_SCORES = re.compile(
    r"\W*[^:]{2,40}:\s(?:[A-Z][\w.\-]*(?:\s[A-Za-z][\w.\-]*){0,2}\s\d[\d.]*%?(?:,\s|\s/\s|·|\W*$))+"
)
"""A name and its scores, which are no sentence: "Gana 2: MMLU 88%, GPQA 61%"."""
_CUT = re.compile(r"[;:]| as | after | while | amid | ahead of | - |,\s(?=[A-Z])|[“”]")
_UNKNOWN = re.compile(r"(?:[A-Z][A-Za-z0-9.&\-]*\s){1,3}$")
_BETWEEN = re.compile(
    r"(?:\s|'s|’s|has|have|is|are|was|to|will|reportedly|also|now|plans|set|aims|could|may|further)*",
    re.IGNORECASE,
)
_BY_THE_WAY = re.compile(r"\S\s(?:on|for|at|in|using|via|from|against|amid|powered by)\s", re.I)
_GOES_ON = re.compile(r"(?:\s[A-Z][a-z]+){1,2}(?=$|[.,!]|\s(?:for|to|with|at|on|in)\s)")
"""What makes of a name that of another thing: "Gana 9 Ocean Buoy"."""
_REACH = 48


@dataclass(frozen=True, slots=True)
class English:
    """The compiled verbs of ``english.yaml``."""

    frames: tuple[tuple[re.Pattern[str], Mapping[str, Any]], ...]
    amounts: tuple[tuple[re.Pattern[str], Mapping[str, Any]], ...]
    change: re.Pattern[str]
    metrics: Mapping[str, str]
    down: frozenset[str]
    modality: tuple[tuple[str, re.Pattern[str]], ...]
    examples: tuple[Mapping[str, Any], ...]
    never: tuple[str, ...]


@lru_cache(maxsize=1)
def load_english() -> English:
    """Load and compile the verbs once a process."""
    data = load_words("names/english.yaml")
    metrics, ways = "|".join(data["metrics"]), "|".join([*data["up"], *data["down"]])
    return filled(
        English,
        data,
        frames=tuple((_verbs(f["verbs"]), f) for f in data["frames"]),
        amounts=tuple((_verbs(a["verbs"]), a) for a in data["amounts"]),
        change=re.compile(
            rf"\b(?P<metric>{metrics})\b(?:\s(?:to|will|may|could|\S+ly))*\s(?P<way>{ways})\b"
            r"(?:\s(?:by|up|to|as much as|of|an?|about|over))*\s?$",
            re.IGNORECASE,
        ),
        modality=tuple(
            (kind, re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE))
            for kind, words in data["modality"].items()
        ),
        examples=(*(e for f in data["frames"] for e in f["examples"]), *data["titled"]),
    )


@lru_cache(maxsize=4096)  # every sentence is asked for by names and by claims
def is_english(text: str) -> bool:
    """Tell an English sentence, which may hold a Korean word."""
    hangul = 0
    for run in _HANGUL.finditer(text):
        hangul += run.end() - run.start()
        if hangul * 10 >= len(text):
            return False
    words = _LATIN.findall(text)
    told = len(words) > 2 and _SCORES.fullmatch(text) is None
    return told and (not hangul or sum(w[0].islower() for w in words) > 2)


def match_english(scene: Scene) -> Iterator[Draft]:
    """Yield what an English sentence says in the words of ``english.yaml``."""
    english = load_english()
    for verbs, frame in english.frames:
        for verb in verbs.finditer(scene.text):
            yield from _related(scene, verb, frame)
    for verbs, amount in english.amounts:
        for verb in verbs.finditer(scene.text):
            yield from _amounts(scene, verb, amount)
    yield from _changes(scene, english)


def _verbs(entries: list[str]) -> re.Pattern[str]:
    forms = [form for entry in entries for form in _forms(str(entry))]
    return re.compile(rf"\b{any_of(forms)}\b", re.IGNORECASE)


def _forms(entry: str) -> list[str]:
    base, _, irregular = entry.partition(":")
    if irregular:
        size = len(base.split())
        words = irregular.split()
        return [base, *(" ".join(words[i : i + size]) for i in range(0, len(words), size))]
    head, _, rest = base.partition(" ")
    tail = f" {rest}" if rest else ""
    stem = head[:-1] if head.endswith("e") else head
    third = head + ("es" if head.endswith(("s", "sh", "ch", "x")) else "s")
    if head.endswith("y") and head[-2] not in "aeiou":
        third, stem = head[:-1] + "ies", head
        return [head + tail, third + tail, head[:-1] + "ied" + tail, head + "ing" + tail]
    return [head + tail, third + tail, stem + "ed" + tail, stem + "ing" + tail]


def _related(scene: Scene, verb: re.Match[str], frame: Mapping[str, Any]) -> Iterator[Draft]:
    subject, start = _subject(scene, verb.start(), frame["subject"])
    if subject is None:
        return
    end = _limit(scene.text, verb.end())
    targets = _behind(scene, verb.end(), end, frame["object"], after_to=bool(frame.get("to")))
    thing = _thing(scene, verb.end(), end, frame.get("things", {}), subject)
    target, until = targets or thing or (None, verb.end())
    if targets and targets[0].cls in THINGS and _GOES_ON.match(scene.text, until):
        return  # "Gana 9 Ocean Buoy" is another thing than Gana 9
    if target is None or target.id == subject.id:
        return
    draft = Draft(subject, frame["predicate"], target, None, start, max(until, verb.end()))
    value = _value(scene, verb.end(), end, frame.get("value"))
    if value is not None:
        draft.value, draft.end = value.value, max(draft.end, value.end)
        draft.qualifiers["amount" if frame["value"] == "money" else "quantity"] = value.value.text
    product = _behind(scene, verb.end(), end, frame.get("product", ()), after_to=False)
    if frame.get("product") and product:
        draft.qualifiers["product"] = product[0].label
    _finish(scene, draft, verb)
    yield draft


def _amounts(scene: Scene, verb: re.Match[str], amount: Mapping[str, Any]) -> Iterator[Draft]:
    subject, start = _subject(scene, verb.start(), BODIES)
    value = _value(scene, verb.end(), _limit(scene.text, verb.end()), "money")
    if subject is None or value is None or value.start - verb.end() > 12:
        return
    draft = Draft(subject, "hasMetric", None, value.value, start, value.end)
    draft.qualifiers["metric"] = amount["metric"]
    _finish(scene, draft, verb)
    yield draft


def _changes(scene: Scene, english: English) -> Iterator[Draft]:
    """ "DRAM revenue up 29.4%": a percent that a metric's change is told by."""
    for value in scene.values:
        if kind_of(value.value) != "percent":
            continue
        told = english.change.search(scene.text, 0, value.start)
        if told is None:
            continue
        holders = ("Company", "Organization", "Chip", "Technology", "Product", "Market", "Place")
        named = [n for n in scene.named_in(0, told.start(), holders, generic=True)]
        if not named or told.start() - named[-1][2] > 12:
            continue
        entity, start, _ = named[-1]
        way = "감소율" if told["way"].lower() in english.down else "증가율"
        draft = Draft(entity, "hasMetric", None, value.value, start, value.end)
        draft.qualifiers["metric"] = f"{english.metrics[told['metric'].lower()]} {way}"
        _finish(scene, draft, told)
        if re.search(
            r"\b(?:to|will|may|could)\s\S*$", scene.text[told.start() : told.start("way")]
        ):
            draft.modality = "forecast"
        yield draft


def _subject(
    scene: Scene, before: int, classes: tuple[str, ...] | list[str]
) -> tuple[Entity | None, int]:
    """The name right before a verb, known or, as a headline's capitals tell, unknown."""
    named = [n for n in scene.named_in(0, before, classes, generic=True)]
    if named and _BETWEEN.fullmatch(scene.text[named[-1][2] : before]):
        return named[-1][0], named[-1][1]
    match = _UNKNOWN.search(scene.text[:before])
    if match is None or "Company" not in classes or scene.named_in(match.start(), before):
        return None, 0
    words = [w for w in match.group().split() if fold(w) not in patterns().stop]
    leads = not re.search(r"[A-Za-z]", scene.text[: match.start()])
    if not words or len(words) != len(match.group().split()) or not leads:
        return None, 0
    name = " ".join(words)
    return Entity(entity_id(name), "Company", name, name), match.start()


def _limit(text: str, start: int) -> int:
    cut = _CUT.search(text, start)
    return min(cut.start() if cut else len(text), start + 2 * _REACH)


def _behind(
    scene: Scene, start: int, end: int, classes: list[str] | tuple[str, ...], *, after_to: bool
) -> tuple[Entity, int] | None:
    for entity, begins, until in scene.named_in(start, end, classes, generic=True):
        gap = scene.text[start:begins]
        if after_to and not re.search(r"\bto\s(?:the\s)?$", gap):
            continue
        if not after_to and _BY_THE_WAY.search(gap):
            return None  # "launches a workstation on Gana 9"
        if len(gap) <= _REACH and (after_to or len(gap.split()) <= 4):
            return entity, until
    return None


def _thing(
    scene: Scene, start: int, end: int, things: Mapping[str, str], owner: Entity
) -> tuple[Entity, int] | None:
    for noun, cls in things.items():
        match = re.search(rf"\b{noun}\b", scene.text[start:end], re.IGNORECASE)
        if match:
            label = f"{owner.label} {noun.removesuffix('s')}"
            return Entity(entity_id(label), cls, label), start + match.end()
    return None


def _value(scene: Scene, start: int, end: int, kind: str | None) -> FoundValue | None:
    if kind is None:
        return None
    inside = [v for v in scene.values if start <= v.start and v.end <= end]
    return next((v for v in inside if kind in ("any", kind_of(v.value))), None)


def _finish(scene: Scene, draft: Draft, verb: re.Match[str]) -> None:
    """Add period and modality; words of doubt count right before the verb."""
    period = scene.period_for(draft.start, len(scene.text))
    if period:
        draft.qualifiers["period"] = period
    draft.confidence = "0.7"
    words = scene.text[max(draft.start, verb.start() - 30) : verb.start()] + " " + verb.group()
    inner = words[: len(words) - len(verb.group())] + verb.group().split(" ")[0]
    for kind, cue in load_english().modality:
        told = cue.search(inner)
        if told and not (kind == "plan" and told.end() >= len(inner)):
            draft.modality = cast(Modality, kind)
            return
