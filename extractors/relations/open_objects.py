"""What a verb tells of without a name: "신경망 기반 디코더를 개발했다", "2분기 실적을 발표".

A noun phrase is a thing of its own when its last noun says of what kind it is and something
before that which of them (``open_objects.yaml``). It is named by its words alone, so that two
reports mean the same by it; what is nothing without its owner is named after whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from extractors.alternation import any_of
from extractors.classes import BODIES
from extractors.context.scene import Scene
from extractors.language.phrases import Clause, Phrase, near_verb
from extractors.language.trimming import unglossed
from extractors.lexicon.frame_data import Frame
from extractors.relations.frame_gaps import takes_object
from extractors.relations.frame_parties import patient_of
from extractors.values.values import FoundValue
from extractors.word_lists import filled, load_words
from kg.claim import Entity, entity_id
from kg.search.analyzer import Morpheme

_NAMED = ("Chip", "Model", "Software", "Product", "Technology", "Benchmark", "Paper", "Policy")
_OWNED = ("Facility", "Paper", "results", "Organization", "Policy")
"""Kinds that may be named after whose they are."""
_PASSING = frozenset({"at", "source", "of"})
"""Cases of a deed that a sentence only touches on: "실적 발표에서"."""
_LONGEST = 40
_LONG = 2
_GLUED = ("칩", "앱")
"""Nouns of one syllable that stand at the end of a word: "구동칩"."""
_MOST_WORDS = 6
_TOLD_WORDS = 3
"""As many words tell a thing even without its maker's name before them."""
_MARKS = "‘’“”'\"「」『』[]<>*"
_CLOSING = tuple("’”'\"」』")
_BY_THEMSELVES = frozenset({"자체", "독자", "직접", "공동"})
_DEEDS = frozenset({"개발", "설계", "제작", "생산", "구축", "제조", "운영"})
"""What somebody does to a thing of their own: "자체 설계 칩"."""
_LINKS = "·/-&+" + _MARKS
_EDGE = " ·,△▲▼□○-–:" + _MARKS
_COUNTERS = ("개", "대", "기", "곳", "종", "명", "건", "가지", "편", "장", "여", "만", "권", "세트")
_SIZED = re.compile(r"^\s?(?:의|짜리|어치|규모의?|상당의?|여|이상의?)+\s")
_AND_SO_ON = re.compile(r"\s등(?:의)?\s?$")
_WITHIN = re.compile(r"[·/]\s?")
_INNER = frozenset(
    {"NNG", "NNP", "SL", "SN", "XSN", "XPN", "XR", "SH", "NR", "MM", "SO", "SW", "NNB"}
)
_CONTENT = frozenset({"NNG", "NNP", "SL", "XR", "SH"})
_SYLLABLES = _CONTENT | {"XPN"}


@dataclass(frozen=True, slots=True)
class OpenWords:
    """The nouns of the data file; ``heads`` gives the kinds of a noun, likeliest first."""

    heads: Mapping[str, tuple[str, ...]]
    classes: Mapping[str, str]
    of_somebody: frozenset[str]
    vague: frozenset[str]
    leading: frozenset[str]
    cuts: re.Pattern[str]
    talks: re.Pattern[str]
    kinds: frozenset[str]
    unsure: frozenset[str]
    placed: frozenset[str]
    versions: frozenset[str]


@lru_cache(maxsize=1)
def load_open_words() -> OpenWords:
    """Load the nouns once a process."""
    data = load_words("relations/open_objects.yaml")
    heads: dict[str, tuple[str, ...]] = {}
    for kind, nouns in data["heads"].items():
        for noun in nouns:
            heads[noun] = (*heads.get(noun, ()), kind)
    return filled(
        OpenWords,
        data,
        heads=heads,
        talks=re.compile(rf"\s(?:{'|'.join(data['talks'])})"),
    )


def open_objects(scene: Scene, frame: Frame, clause: Clause, subject: Entity) -> list[Entity]:
    """List what a clause tells of that has no name, of the kinds its frame is open to."""
    if not frame.open or not _is_sure(scene, clause, subject):
        return []
    for phrase in _phrases(frame, clause):
        parts = _parts(scene, _whole(scene, frame, phrase) or phrase)
        made = [thing_of(scene, part, frame.open, subject) for part in parts]
        last = made[-1] or _head(scene.text[parts[-1].start : parts[-1].end].split())
        if last and (told := [thing for thing in made if thing]):
            return told
    return []


def may_be_open(scene: Scene, frame: Frame, clause: Clause) -> bool:
    """Tell, before who acts is asked, whether what a clause tells of holds a fitting noun."""
    nouns = _nouns_of(frame.open)
    for phrase in _phrases(frame, clause):
        text = scene.text[min(p.start for p in phrase.chain()) : phrase.end]
        whole = scene.text[phrase.start : phrase.end] in frame.loose
        if whole or "(" in text or nouns.search(text):
            return True
    return False


@lru_cache(maxsize=64)
def _nouns_of(kinds: tuple[str, ...]) -> re.Pattern[str]:
    """Find a noun of some kinds anywhere in a text, one of two words by its last."""
    heads = load_open_words().heads.items()
    return re.compile(any_of(noun.split()[-1] for noun, own in heads if {*own} & {*kinds}))


def _whole(scene: Scene, frame: Frame, phrase: Phrase) -> Phrase | None:
    """Return of what a phrase names only how it comes: "모델의 가중치를 공개했다"."""
    words = scene.text[phrase.start : phrase.end]
    owner = phrase.owner if words in frame.loose else None
    return None if owner and scene.named_in(owner.start, owner.end, BODIES) else owner


def are_several(opened: Sequence[Entity], clause: Clause) -> bool:
    """Tell things that are told side by side, be it that one of them is nothing in particular."""
    phrase = clause.arg("object")
    return len(opened) > 1 or bool(opened and phrase and phrase.joined)


def are_kinds(entities: Sequence[Entity]) -> bool:
    """Tell names that only say of what kind a thing is, if any: "칩렛" of "광 연결 칩렛"."""
    return all(entity.cls in _NAMED and _is_kind(entity) for entity in entities)


def _is_kind(entity: Entity) -> bool:
    heads = load_open_words().heads
    return entity.label in heads or any(alias in heads for alias in entity.aliases)


def _is_sure(scene: Scene, clause: Clause, subject: Entity) -> bool:
    """Tell a deed that is done by somebody at hand, and not only dealt with or talked of."""
    if subject.cls not in (*BODIES, "Place", "Person") and all(
        named[0].id != subject.id for named in scene.names
    ):
        return False
    noun, talks = clause.noun, load_open_words().talks
    noun_after = clause.modified or clause.complement
    if noun_after is not None and noun_after.head in load_open_words().unsure:
        return False
    return not (noun and (noun.case in _PASSING or talks.match(scene.text, clause.end)))


def _phrases(frame: Frame, clause: Clause) -> Sequence[Phrase]:
    first = frame.cases[0]
    if clause.voice == "passive":
        patient = patient_of(clause)
        return [patient] if patient is not None and first == "object" else []
    tried = [clause.arg(first)]
    if first == "object":
        tried.append(clause.arg("owner") if clause.is_noun else None)  # "도구의 판매를 시작했다"
        tried.append(None if clause.is_noun else near_verb(clause))
        if clause.ending == "relative" and takes_object(frame, clause):
            tried.append(clause.modified)
    return [p for p in tried if p is not None and p.case != "copula"]


def _parts(scene: Scene, phrase: Phrase) -> list[Phrase]:
    """List what a phrase coordinates; "인지·생성 모델" is one."""
    parts: list[Phrase] = []
    for part in phrase.chain():
        last = parts[-1] if parts else None
        if last and _WITHIN.fullmatch(scene.text[last.end : part.start]):
            parts[-1] = replace(part, start=last.start, owner=last.owner)
        else:
            parts.append(part)
    return [replace(part, joined=None) for part in parts]


def thing_of(scene: Scene, phrase: Phrase, kinds: Sequence[str], subject: Entity) -> Entity | None:
    """Make an entity of a phrase that no name fills, if it is of these kinds and specific."""
    if any(not _is_kind(named[0]) for named in scene.fill(phrase, _NAMED)):
        return None
    if scene.named_in(phrase.start, phrase.end, ("Person",)):
        return None
    if called := _called(scene, phrase):
        return called if called.cls in kinds else None
    start, end = _told(scene, phrase, subject)
    words = _words(scene, start, end)
    head = _head(words)
    told = [k for k in load_open_words().heads.get(head, ()) if k in kinds]
    whole = "deeds" in told and phrase.owner is not None
    kind = "deeds" if whole else next(iter(told), None)
    if kind is None or _is_anothers(scene, phrase, kind, subject):
        return None
    if kind == "deeds" and _is_of_unnamed(scene, phrase.owner, subject):
        start = phrase.owner.outer_start if phrase.owner else start
        words = scene.text[start:end].split()
    elif _is_broken(scene, start, end):
        return None
    label, known = " ".join(words), load_open_words()
    if (
        len(label) > _LONGEST
        or "".join(words) in known.kinds
        or label.count("(") > label.count(")")
    ):
        return None
    placed = kind in known.placed
    own = _OWN & {*scene.text[phrase.start : phrase.end].split()}
    only = kind in _NAMED and _is_only_own(words[: -len(head.split())], own)
    sited = words[:1] in _OF_AI and words[1:] == ["팩토리"]  # what firms call such a centre
    if not (only or sited or _is_specific(scene, (start, end), words, head, placed=placed)):
        return None
    label = f"자체 {label}" if only and own else label
    if (only or _is_named_after(kind, head)) and not label.startswith(subject.label):
        label = f"{subject.label} {label}"
    return Entity(entity_id(label), load_open_words().classes.get(kind, kind), label)


_OF_AI = (["AI"], ["인공지능"])


def _called(scene: Scene, phrase: Phrase) -> Entity | None:
    """Return what a quoted name before its kind names: "‘가나’ 데이터셋"."""
    within = scene.named_in(phrase.start, phrase.end)
    rest = scene.text[within[-1][2] : phrase.end] if within else ""
    kinds = load_open_words().heads.get(_head(rest[1:].split()[:1]), ())
    return within[-1][0] if rest.startswith(_CLOSING) and within[-1][0].cls in kinds else None


def _is_only_own(before: Sequence[str], own: Collection[str]) -> bool:
    """Tell what only its maker and its generation tell from others: "자체 브라우저", "3세대 칩"."""
    ordered = [word for word in before if _ORDERED.fullmatch(word)]
    vague = load_open_words().vague
    return bool(ordered or own) and all(word in vague or word in ordered for word in before)


_ORDERED = re.compile(r"(?:\d+|[이삼사])세대")
_OWN = frozenset({"자체", "자사", "독자"})


def _is_named_after(kind: str, head: str) -> bool:
    return kind in ("Facility", "results") or (
        kind in _OWNED and head in load_open_words().of_somebody
    )


def _is_anothers(scene: Scene, phrase: Phrase, kind: str, subject: Entity) -> bool:
    """Tell what is somebody else's ("가나의 도구"), or a deed to what is named ("가나 접속")."""
    within, owner = scene.named_in(phrase.start, phrase.end), phrase.owner
    if kind == "deeds":
        begun = (
            bool(within)
            and within[-1][0].cls != "Place"
            and scene.text[within[-1][2] : phrase.end].count(" ") < 2
        )
        return begun or bool(owner and scene.fill(owner, _NAMED))
    whose = scene.named_in(owner.start, owner.end, BODIES) if owner else []
    if kind in _OWNED:
        whose += [named for named in within if named[0].cls in BODIES]
    return any(named[0].id != subject.id for named in whose)


def _is_of_unnamed(scene: Scene, owner: Phrase | None, subject: Entity) -> bool:
    """Tell whose or of what a deed is, which tells it: "16세 미만의 소셜미디어 이용"."""
    if owner is None or owner.about:
        return False
    own = any(n[0].id == subject.id for n in scene.named_in(owner.outer_start, owner.end))
    return not own and not _AND_SO_ON.search(scene.text, owner.start, owner.until)


def _told(scene: Scene, phrase: Phrase, subject: Entity) -> tuple[int, int]:
    """Return where the words of a thing stand: without sizes, times, pointers, its own maker."""
    start, end = phrase.start, phrase.end
    for period in scene.periods:
        if start <= period.start and period.end < end and not _holds(scene, start, period.start):
            start = period.start if "Q" in period.value else period.end
    for value in scene.values:
        if start <= value.start and value.end <= end and _counts(value):
            if not _holds(scene, value.end, end):
                end = value.start
            elif not _holds(scene, start, value.start):
                start = value.end
    if sized := _SIZED.match(scene.text[start:end]):
        start += sized.end()
    for entity, begin, until in scene.named_in(start, end, BODIES):
        rest = scene.text[until:end].split()
        told = len(rest) >= _TOLD_WORDS or (rest and rest[0].startswith(tuple(_MARKS)))
        if entity.id == subject.id and told and not _holds(scene, start, begin):
            start = until
    return start, end


def _holds(scene: Scene, start: int, end: int) -> bool:
    """Tell whether anything but marks stands in a range."""
    return bool(scene.text[start:end].strip(_EDGE))


def _words(scene: Scene, start: int, end: int) -> list[str]:
    """List the words of a thing, behind the last that tells when, how or which."""
    text = unglossed(scene.text[start:end]).strip(_EDGE)
    words = [word.strip(_MARKS) for word in text.split()]
    known, first = load_open_words(), 0
    for at, word in enumerate(words[:-1]):
        led = word in known.leading or (at and words[at - 1] in _BY_THEMSELVES and word in _DEEDS)
        if known.cuts.fullmatch(word) or (first == at and led):
            first = at + 1
    told = words[first:]
    while len(told) > 1 and told[-1] in known.versions:
        told = told[:-1]
    return told[-_MOST_WORDS:]


def _counts(found: FoundValue) -> bool:
    """Tell a size from what is part of a name: "로봇 200대", unlike "1.4나노 공정"."""
    return bool(found.value.currency) or (found.value.unit or "").startswith(_COUNTERS)


def _is_broken(scene: Scene, start: int, end: int) -> bool:
    """Tell a phrase that is more than nouns, or holds a size within."""
    if scene.text[:start].endswith("."):
        return True  # the 5 of "2.5D"
    words = scene.text[start:end]
    if any(words.count(a) != words.count(b) for a, b in ("“”", "‘’", "「」", "『』")):
        return True  # "기억” 같은 제품"
    gloss = scene.text.find("(", start, end)
    limit = gloss if gloss > start else end
    inside = (t for t in scene.tokens if start <= t.start and t.end <= limit)
    if any(t.tag not in _INNER and t.form not in _LINKS for t in inside):
        return True
    return any(start < v.start and v.end < end and _counts(v) for v in scene.values)


def _head(words: Sequence[str]) -> str:
    """Return the longest noun of the data file in which a phrase ends."""
    last, heads = words[-1] if words else "", load_open_words().heads
    two = " ".join(words[-2:])
    if two in heads:
        return two
    least = 1 if len(last) > _LONG and last not in load_open_words().vague else 2
    endings = (last[at:] for at in range(len(last)) if at == 0 or len(last) - at >= least)
    ending = next((ending for ending in endings if ending in heads), "")
    return ending if len(ending) > 1 or ending in _GLUED or ending == last else ""


def _is_specific(
    scene: Scene, span: tuple[int, int], words: Sequence[str], head: str, *, placed: bool
) -> bool:
    """Tell whether a word before the last noun says which of its kind it is."""
    start, end = span
    before = [*words[: -len(head.split())]]
    last = words[-1].removesuffix(head.rsplit(maxsplit=1)[-1])
    if len(last) > 1 and "(" not in scene.text[start:end]:
        before.append(last)
    places = {scene.text[b:e] for _, b, e in scene.named_in(start, end, ("Place",))}
    vague = load_open_words().vague - places if placed else load_open_words().vague | places
    inside = [t for t in scene.tokens if start <= t.start and t.end <= end and t.tag in _SYLLABLES]
    forms = [t.form for t in inside if t.tag in _CONTENT]
    forms += [a.form + b.form for a, b in pairwise(inside) if _meet(a, b)]
    told = {form for whole in forms for form in whole.split() if len(form) > 1} - vague
    return any(
        word not in vague and any(form in word or word in form for form in told) for word in before
    )


def _meet(first: Morpheme, second: Morpheme) -> bool:
    """Tell the syllables of a word of no dictionary: "노광"."""
    return first.end == second.start and len(first.form) == len(second.form) == 1
