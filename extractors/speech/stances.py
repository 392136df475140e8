"""What somebody demands, opposes, agrees to or voices, as a statement of theirs.

"A는 규제에 반대한다", "B는 기간 연장을 요구", "C는 …라는 전망을 제시": the verbs, and the
nouns that may be voiced, are ``speech.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.classes import BODIES, MADE
from extractors.context.scene import Draft, Scene
from extractors.context.speaker_names import SIDES, is_thing, noted_by, sides_of, spoke_before
from extractors.context.speakers import is_past
from extractors.figures.holders import carried
from extractors.language.endings import plain_end
from extractors.language.modality import modality
from extractors.language.phrases import Clause, Phrase
from extractors.language.speech_data import load_speech
from extractors.names.descriptions import group
from kg.claim import Entity, Modality, Value

_SHORTEST = 8
_DONE = re.compile(r"\s바\s있[가-힣]*")
"""What tells of something done: "비전을 내놓은 바 있다"."""
_MEANT = re.compile(r"\s(?:것(?=으로|이|임)|계획|예정|방침|바(?=\s있)|상태|상황|셈)")
"""What may end a stance that is told as a noun: "요청할 계획이다", "요청한 상태다"."""
_ASIDE = re.compile(r"[”’\"']?\s?(?:이?라)?(?:며|면서도?)(?=[\s,])")
_WHILE = re.compile(r"[하되]며$")
"""How a deed ends during which a stance is taken: "논문을 발표하며 …을 강조했다"."""
_AIMED = re.compile(r"(?:[다라자려]는|[할될]|(?<![대관위])한)\s(?:[가-힣]+\s){0,3}[가-힣]+$")
"""How an aim is told before its noun: "…겠다는 비전", "미래 기업 변신 비전"."""

_REPORTED = re.compile(r"(?<=[가-힣])(?:한|된)\s것$")
"""What is left of "합의한 것으로 전해졌다" behind what is said."""
_FELT = frozenset({"자신감"})
_SAID_IN = re.compile(
    r"(?:다|라|자|냐|련|까|려)는\s(?:[가-힣]+\s){0,3}[가-힣]+$|(?:[할될볼갈날릴질]|[있없높낮많좋]을)\s[가-힣\s]{0,12}[가-힣]+$"
)
"""What says an outlook or a feeling: "커질 것이라는 전망", not "밝은 전망"."""
_NEEDING = frozenset({"요구", "요청", "주문"})
"""Verbs that say no word of who only needs a thing: "칩 회사들은 HBM을 요구한다"."""
_JOINING = frozenset({"참여", "합류", "투자", "출자", "동참"})
"""What investors do, of whom a sentence tells no more."""
_UNTIL = re.compile(r"\s때까지")


def match_stances(scene: Scene, stated: list[Draft]) -> Iterator[Draft]:
    """Yield ``states`` drafts for stances that no reported speech covers."""
    verbs = load_speech()
    for clause in scene.parsed.clauses:
        matter = _matter(clause)
        if matter is None or clause.ending == "relative" or clause.voice == "passive":
            continue
        if clause.ending == "noun" and not (
            _MEANT.match(scene.text, clause.end) or scene.text[: clause.end].endswith("다는")
        ):
            continue  # "제기할 것을 요청": another's
        if clause.lemma not in verbs.stances and not _voices(scene, clause, matter):
            continue
        if clause.lemma in _NEEDING and _is_goods(scene, matter):
            continue
        if any(_covers(scene, d, clause, matter) for d in stated):
            continue
        yield from _draft(scene, clause, matter, stated)


def _is_goods(scene: Scene, matter: Phrase) -> bool:
    """Tell a thing by its name from what somebody is to do."""
    named = scene.named_in(matter.start, matter.end, MADE, generic=True)
    return any(end >= matter.end for _, _, end in named)


def _matter(clause: Clause) -> Phrase | None:
    """The phrase that says what a stance is about."""
    nearest = next((p for p in reversed(clause.args) if p.case in ("to", "also")), None)
    return (
        clause.arg("object") or nearest or (clause.complement if clause.ending == "noun" else None)
    )


def _voices(scene: Scene, clause: Clause, matter: Phrase) -> bool:
    """Tell "우려를 제기", "전망을 제시" from presenting something else."""
    verbs = load_speech()
    if clause.lemma not in verbs.voicing | verbs.upheld:
        return False
    words = scene.text[matter.start : matter.end].rstrip(" ”’\"'").split()
    if words[-1:] and words[-1] in verbs.aims:
        return _AIMED.search(scene.text[: matter.end]) is not None
    if not words or any(p.head not in verbs.voiced for p in matter.chain()[:-1]):
        return False  # "좋은 실적과 밝은 전망을 제시"
    empty = words[-1] in verbs.outlooks or words[-1] in _FELT
    return words[-1] in verbs.voiced and not (
        empty and not _SAID_IN.search(scene.text[: matter.end])
    )


def _draft(
    scene: Scene, clause: Clause, matter: Phrase, stated: Sequence[Draft]
) -> Iterator[Draft]:
    phrase, speakers = _speakers(scene, clause)
    told = any(aside_end(scene, d) <= matter.start for d in stated)
    if not speakers or (told and matter.head in load_speech().acts):
        return  # "침해했다며 소송을 냈다" tells a deed, and why
    start = _begin(scene, phrase, matter, stated)
    text = _REPORTED.sub("", scene.text[start : _end(scene, clause)].strip(" ,.·"))
    if len(text) < _SHORTEST or _is_bare(scene, clause, matter):
        return
    cited = min(start, phrase.outer_start) if phrase else start
    for speaker in speakers:
        draft = Draft(speaker, "states", None, Value(text), cited, clause.end, clause)
        draft.modality = _modality(scene, clause, matter)
        period = scene.period_for(cited, clause.end)
        if period:
            draft.qualifiers["period"] = period
        if draft.modality is not None:
            yield draft


def _is_bare(scene: Scene, clause: Clause, matter: Phrase) -> bool:
    """Tell that somebody only brings out a view of nothing that is told: "분석을 내놨다"."""
    alone = matter.owner is None and matter.joined is None
    bare = alone and scene.text[matter.start : matter.end] == matter.head
    others = [p for p in clause.args if p is not matter and not p.leads]
    return bare and not others and matter.head in load_speech().voiced and _voiced(scene, matter)


def _voiced(scene: Scene, matter: Phrase) -> bool:
    """Tell that no clause tells what the view is: not "…다는 분석을"."""
    return not scene.text[: matter.start].rstrip().endswith(("는", "란", "던", "할", "을", "를"))


def _speakers(scene: Scene, clause: Clause) -> tuple[Phrase | None, list[Entity]]:
    """The topic before the subject, which may be that of what is said."""
    for phrase in (clause.topic, _outer(scene, clause)):
        if phrase is not None and (found := sides_of(scene, phrase)):
            backed = _whom_they_join(scene, phrase, clause)
            return (None, [backed]) if backed else (phrase, found)
    told = [p for p in (clause.topic, clause.subject) if p and not _is_of_matter(scene, p, clause)]
    placed = any(p.end <= clause.start and _is_place(scene, p) for p in scene.parsed.phrases)
    if told or clause.ending == "noun" or placed:
        return None, []
    if clause.topic or clause.subject:
        found, phrase = spoke_before(scene, clause) if is_past(scene, clause) else ([], None)
        return phrase, found
    speaker = noted_by(scene) or carried(scene, SIDES[:3])
    return None, [speaker] if speaker else []


def _whom_they_join(scene: Scene, phrase: Phrase, clause: Clause) -> Entity | None:
    """Return whom a text is about where others only join: "…이 참여했으며, 비전을 제시한다"."""
    topic = scene.discourse.topic if scene.may_carry else None
    before = (c for c in scene.parsed.clauses if c.end <= clause.start)
    joined = any(c.lemma in _JOINING and c.arg("subject") is phrase for c in before)
    return topic if joined and topic is not None and topic.cls in BODIES else None


def _outer(scene: Scene, clause: Clause) -> Phrase | None:
    """Return who speaks, not whose deed is spoken of: "가나가 다라가 정할 때까지 멈추자고 제안"."""
    subject = clause.subject
    if subject is None or clause.topic is not None:
        return subject
    for other in scene.parsed.clauses:
        led = [p for p in other.args if p.case == "subject"]
        if subject in led[1:] and _UNTIL.match(scene.text, other.end):
            return led[0]
    groups = (p for p in scene.parsed.phrases if p.case == "at" and p.end <= subject.start)
    said_by = (p for p in groups if scene.text[p.end : p.until] in ("에서는", "에선"))
    return next((p for p in said_by if group(scene, p)), subject)


def _is_place(scene: Scene, phrase: Phrase) -> bool:
    """Tell where something is said that nobody named says: "게시판에는 반발하는 글이 이어졌다"."""
    return phrase.case in ("to", "at") and scene.text[phrase.end : phrase.until] == "에는"


def _is_of_matter(scene: Scene, phrase: Phrase, clause: Clause) -> bool:
    """Tell a subject of what a stance is about: "칩이 규정을 지킨 제품이라는 점을 강조했다"."""
    inner = (c for c in scene.parsed.clauses if phrase.until <= c.start and c.end <= clause.start)
    own = any(c.ending in ("relative", "noun", "quote") for c in inner)
    return own and (phrase.case == "subject" or is_thing(scene, phrase))


def _begin(scene: Scene, phrase: Phrase | None, matter: Phrase, stated: Sequence[Draft]) -> int:
    """Where what is said begins: after the speaker and what is done or said before."""
    before = [
        c.end
        for c in scene.parsed.clauses
        if c.ending in ("connective", "final") and c.end <= matter.start
        if scene.text[c.end : c.end + 1] == "," or _WHILE.search(scene.text, c.start, c.end)
    ]
    before += [end for d in stated if (end := aside_end(scene, d)) <= matter.start]
    spoken = phrase.until if phrase and phrase.until <= matter.start else 0
    return max([spoken, *before])


def _covers(scene: Scene, draft: Draft, clause: Clause, matter: Phrase) -> bool:
    """Tell a stance that is told already, not one before what is said or behind an aside."""
    said = scene.text.find(draft.value.text, draft.start) if draft.value else 0
    within = draft.start <= clause.start < draft.end and said < clause.end
    return within and aside_end(scene, draft) > matter.start


def aside_end(scene: Scene, draft: Draft) -> int:
    """Where a saying ends after which a stance begins: "…다며 | 우려를 제기"; else past all."""
    said = draft.value.text if draft.value else ""
    end = scene.text.find(said, draft.start) + len(said)
    aside = _ASIDE.match(scene.text, end)
    return aside.end() if aside else len(scene.text)


def _end(scene: Scene, clause: Clause) -> int:
    """Where it ends: with what tells it done or meant, but before what only joins it on."""
    told = _DONE.match(scene.text, clause.end) or (
        _MEANT.match(scene.text, clause.end) if clause.ending == "noun" else None
    )
    if told:
        return told.end()
    if clause.ending == "noun":
        return clause.end - 1  # "제안했다는 소식"
    return plain_end(scene.text, clause)


def _modality(scene: Scene, clause: Clause, matter: Phrase) -> Modality | None:
    if clause.topic is None and clause.subject is None and noted_by(scene):
        return "fact"  # what a body's paper says, item by item
    told, verbs = modality(scene.text[clause.stem_end : clause.tail_end]), load_speech()
    if clause.lemma in verbs.upheld:  # "전망을 바꾸지 않았다"
        told = "fact" if told == "denied" else None
    if told != "fact":
        return told
    voices = clause.lemma in verbs.voicing | verbs.upheld
    if voices and matter.head in verbs.outlooks:
        return "forecast"
    if voices and matter.head in verbs.aims:
        return "plan"
    thought = voices and matter.head not in verbs.acts
    return "opinion" if thought or clause.lemma in verbs.opinion else "fact"
