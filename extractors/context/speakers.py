"""Who speaks: the subject of a verb of saying, outside what is said, or who spoke before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.syllables import SSANG_SIOT, final
from extractors.classes import ACTORS, BODIES
from extractors.context.quotation_marks import in_quotes
from extractors.context.scene import Scene
from extractors.context.speaker_names import (
    DOCUMENT,
    SOMEONE,
    chief_of,
    contrasts_before,
    is_thing,
    noted_by,
    spoken_of,
)
from extractors.language.endings import BOUND
from extractors.language.phrases import Clause, Phrase
from extractors.language.speech_data import load_speech
from extractors.names.descriptions import group, is_quality
from kg.claim import Entity, entity_id

_APART = 2
_SAME = "같"  # "가나가 같은 날 “…”고 말했다"
_HELD = "열리"  # "가나가 서울에서 열린 행사에서 “…”고 말했다"
_LONG_NAME = 4
"""How long a single noun is, in syllables, that is a name rather than a word."""


def speaker_of(
    scene: Scene, clause: Clause, content: tuple[int, int, bool]
) -> tuple[Entity | None, Phrase | None]:
    """Return who says what ``content`` spans (its start, end, and whether quoted), and where."""
    start, end, quoted = content
    voice = scene.discourse.voice
    if voice and voice.start <= start < voice.end and (not quoted or end >= voice.end):
        return voice.speaker, None
    inner = [c.arg("subject") for c in _told_within(scene, clause, content)]
    outside = [
        p
        for p in scene.parsed.phrases
        if p not in inner
        and p.case in ("topic", "subject", "at", "also")
        and p.end <= clause.start
        and (not quoted or not (start <= p.start < end or in_quotes(scene.text, p.start)))
        and (p.case != "at" or _may_speak(scene, p))
    ]
    outside = [p for p in outside if not _is_origin(scene, p, outside)]
    outside = [p for p in outside if not _is_told_in(scene, p, outside)]
    outside = [p for p in outside if not _acted_before(scene, p, outside, start)]
    outside = [*_headlined(scene, outside), *outside]
    ordered = [p for p in outside if p.start >= end]
    before = _relayed(scene, clause, content, [p for p in outside if p.start < end])
    ordered += _nearest_first(scene, before, start) if quoted else before
    if not quoted and (resumed := _resuming(scene, ordered, start)):
        ordered = [resumed, *ordered]
    for phrase in ordered:
        if scene.text[phrase.start : phrase.end] in load_speech().writers:
            return scene.discourse.writer, phrase
        if phrase.case == "topic" and not quoted and _is_stranger(scene, phrase, content):
            return None, None
        if (
            phrase.case == "subject"
            and not quoted
            and start < phrase.start < end
            and phrase is not ordered[0]
        ):
            continue
        if speaking := spoken_of(scene, phrase):
            return speaking, phrase
    if other := _country(scene, ordered) or _maker(scene, clause, ordered):
        return other
    after = [p for p in outside if p.start >= end or (quoted and not is_thing(scene, p))]
    itself = scene.text[:start].rstrip(" “\"‘'").endswith(("자신을", "스스로를"))
    if itself or any(p.leads for p in after) or not scene.may_carry:
        return None, None
    return _unnamed_speaker(scene, clause, outside, content)


def _relayed(
    scene: Scene, clause: Clause, content: tuple[int, int, bool], before: list[Phrase]
) -> list[Phrase]:
    """Keep whose words another only passes on: "가나통신은 다라가 “…”고 말했다고 보도했다"."""
    _, end, quoted = content
    passed = quoted and any(
        end <= c.start < clause.start and c.ending == "quote" and c.lemma in load_speech().states
        for c in scene.parsed.clauses
    )
    told = [p for p in before if scene.fill(p, ACTORS)] if passed else []
    return told[-1:] or before


def _headlined(scene: Scene, leads: Sequence[Phrase]) -> list[Phrase]:
    """Return who leads a headline: "가나칩 CEO 다라, 고객이 늘었다고 공개"."""
    first = next(iter(scene.parsed.phrases), None)
    if first is None or first.case != "comma" or any(p.case == "topic" for p in leads):
        return []
    beside = scene.parsed.phrases[1:2]
    listed = any(scene.named_in(p.start, p.end, ACTORS) for p in beside)
    return [first] if not listed and scene.fill(first, ACTORS) else []


def _told_within(scene: Scene, clause: Clause, content: tuple[int, int, bool]) -> Iterator[Clause]:
    """Yield the clauses whose subjects do not speak: those that only tell more of a noun.

    What stands in a quotation has no subject outside ("A가 “…하는 시대”라고 말한 것").
    """
    start, end, quoted = content
    for other in scene.parsed.clauses:
        inside = start <= other.start < end
        if other is clause or (quoted and inside) or other.lemma in (_SAME, _HELD):
            continue
        if other.ending == "relative" or (other.ending == "noun" and other.start >= end):
            yield other
        elif other.ending == "noun" and other.end <= start and _is_object(other.complement):
            yield other  # "A는 B가 돈을 쓰는 것을 “위선”이라고 했다"


def _is_object(noun: Phrase | None) -> bool:
    return noun is not None and noun.case == "object" and noun.head in BOUND


def _may_speak(scene: Scene, place: Phrase) -> bool:
    """Tell "업계에서는 … 본다" from where something is done: "시장 일각에서 거론되는"."""
    particle = scene.text[place.end : place.until]
    return particle in ("에서는", "에선", "에서도") or (
        particle == "에서" and group(scene, place) is None
    )


def _is_origin(scene: Scene, place: Phrase, phrases: Sequence[Phrase]) -> bool:
    """Tell where a speaker comes from: "가나에서 분사한 다라는 …고 밝혔다"."""
    if place.case != "at" or scene.text[place.end : place.until] != "에서":
        return False
    return any(p.case == "topic" and p.start > place.end and scene.fill(p, ACTORS) for p in phrases)


def _is_told_in(scene: Scene, place: Phrase, phrases: Sequence[Phrase]) -> bool:
    """Tell a paper of whoever speaks, or where they do: "가나는 보고서에서 “…”고 제안했다"."""
    if place.case != "at" or scene.text[place.end : place.until] != "에서":
        return False
    before = [p for p in phrases if p.leads and p.end <= place.start]
    if DOCUMENT.search(scene.text[place.start : place.end]):
        return bool(before)
    return any(p.case == "topic" and scene.fill(p, ACTORS) for p in before)


def _acted_before(scene: Scene, phrase: Phrase, phrases: Sequence[Phrase], start: int) -> bool:
    """Tell whose deed only came before: "가나가 발표한 뒤, 다라가", "가나가 인수함으로써 “…”"."""
    if phrase.case != "subject":
        return False
    if any(_is_within(scene, phrase, p) for p in phrases if p.case == "topic"):
        return True
    later = (p for p in phrases if p.case == "subject" and p.start > phrase.end)
    other = next((p for p in later if scene.fill(p, ACTORS)), None)
    if other is not None and _AFTER.search(scene.text, phrase.until, other.start):
        return True
    return phrase.end < start and _BY.search(scene.text, phrase.until, start) is not None


def _is_within(scene: Scene, phrase: Phrase, topic: Phrase) -> bool:
    """Tell who only acts in what tells of the topic: "가나가 산다는 말이 돌던 다라는"."""
    if topic.start < phrase.end:
        return False
    told = scene.text[phrase.until : topic.outer_start]
    inner = (c for c in scene.parsed.clauses if phrase.end <= c.start and c.end < topic.start)
    return told.count(",") == 0 and any(
        c.ending == "relative" and c.modified is topic for c in inner
    )


_AFTER = re.compile(r"\s(?:후|뒤|이후|직후|가운데|끝에),\s")
_BY = re.compile(r"[가-힣]으로써,?\s(?:[“\"‘']|$)")


def _maker(scene: Scene, clause: Clause, phrases: Sequence[Phrase]) -> tuple[Entity, Phrase] | None:
    """Let a firm speak for what it makes: "가나의 새 서비스가 문을 연다고 밝혔다"."""
    if clause.lemma not in load_speech().report:
        return None
    owned = ((p.owner, p) for p in phrases if p.owner and is_thing(scene, p))
    first = next(iter(scene.parsed.phrases), None)
    unled = [(first, first)] if first and first.case == "of" and not phrases else []
    for owner, phrase in (*owned, *unled):
        if made := scene.fill(owner, BODIES):
            return made[0][0], phrase
    return None


def _country(scene: Scene, phrases: Sequence[Phrase]) -> tuple[Entity, Phrase] | None:
    """Take a country that speaks: "영국도 연산 능력을 늘리겠다고 밝혔다"."""
    verbs = load_speech()
    for phrase in phrases:
        for place, _, end in scene.fill(phrase, ("Place",)):
            whose = scene.text[end : phrase.end].strip()
            if phrase.case in ("topic", "also") and whose in ("", *verbs.governing):
                return place, phrase
            if phrase.case in ("topic", "also", "subject") and whose in verbs.bodies:
                label = f"{place.label} {whose}"
                return Entity(entity_id(label), "Organization", label), phrase
    return None


def _nearest_first(scene: Scene, phrases: Sequence[Phrase], start: int) -> list[Phrase]:
    """Sort who may say a quotation: "B가 떠난다는 말이 돌았으나 A는 “…”고 했다".

    Who stands after the last contrast comes first, a topic before a subject, which may be
    that of words quoted in part ("A는 B가 “…”고 했다"), and the nearer before the farther.
    """
    contrasts = contrasts_before(scene, start)

    def nearness(phrase: Phrase) -> tuple[int, bool, int]:
        told = sum(end <= phrase.start for end in contrasts)
        return -told, phrase.case == "subject", -phrase.start

    return sorted(phrases, key=nearness)


def _resuming(scene: Scene, phrases: list[Phrase], start: int) -> Phrase | None:
    """Return who speaks after a clause or statement of another: "가나도 …했으나, B 대표는"."""
    ends = [c.end for c in scene.parsed.clauses if c.ending == "connective"]
    contrasts = [*contrasts_before(scene, len(scene.text)), *([start] if start else [])]
    for phrase in reversed(phrases):
        if phrase.case != "topic":
            continue
        if any(0 <= phrase.outer_start - end <= _APART for end in contrasts) and (
            scene.fill(phrase, ACTORS) or scene.refer(phrase, ACTORS)
        ):
            return phrase
        joins = [end for end in ends if 0 <= phrase.outer_start - end <= _APART]
        if joins and (scene.fill(phrase, ("Person",)) or chief_of(scene, phrase)):
            return phrase
        parted = any(scene.text[end] == "," for end in joins)
        if parted and (scene.fill(phrase, ACTORS) or scene.refer(phrase, ACTORS)):
            return phrase  # "가나가 거론됐으며, 회사는 …고 밝혔다"
    return None


def _unnamed_speaker(
    scene: Scene, clause: Clause, outside: list[Phrase], content: tuple[int, int, bool]
) -> tuple[Entity | None, Phrase | None]:
    """Take a group that speaks ("업계는"), else who spoke before or whom the text is about."""
    _, end, quoted = content
    for phrase in outside:
        if phrase.leads and phrase.end <= end and (speaking := group(scene, phrase)):
            return speaking, phrase
    if any(_is_someone(scene, p) for p in outside) or _is_said_on(scene, clause):
        return None, None
    printed = clause.lemma in load_speech().light and clause.lemma != "하"
    told = clause.lemma in load_speech().telling or (is_past(scene, clause) and not printed)
    sums_up = clause.ending == "final" and not any(p.case == "topic" for p in outside)
    if not quoted and sums_up and (noted := noted_by(scene)):
        return noted, None
    if not quoted and (not told or scene.text[: clause.end].endswith(_SAW)):
        return None, None
    if _ELSEWHERE.search(scene.text, 0, clause.start):
        return None, None
    if _MYSELF.search(scene.text, content[0], end):
        return scene.discourse.person, None  # no firm says "내가"
    topic = None if scene.discourse.unheard else scene.discourse.topic
    if scene.in_list and topic is scene.discourse.home:
        topic = None  # whom a report is about does not say what its items tell
    return scene.discourse.spoke or (topic if topic and topic.cls in ACTORS else None), None


_MYSELF = re.compile(r"(?<![가-힣])(?:내가|나는|나도|제가|저는|저도)\s")
_SAW = ("봤는데", "봤는데요", "보았는데")
"""How writers go on from what they thought themselves: "칩이 모자란다고 봤는데"."""
_ELSEWHERE = re.compile(
    r"^(?:앞서|위에서|앞에서|지난 글에서|이전 글에서)\s(?!열린|발표|공개|보도)"
    r"|^(?:한|다른|또 다른|최근|해외|국내)\s(?:[가-힣]+\s)?"
    r"(?:연구|조사|논문|설문|실험)에서(?:는|도)?\s"
    r"|(?:^|\s)(?!이번|해당|이|그|같은)[가-힣A-Za-z]+\s(?:기고문?|칼럼|사설|논평|기사)에서"
)
"""What the writer said, or somebody else: "앞서 …라고 했습니다", "한 전문지 기고에서 주장했다"."""


def _is_said_on(scene: Scene, clause: Clause) -> bool:
    """Tell what a later speaker says too: "나온다고 봤으나 아닐 수 있다고 가나는 밝혔다"."""
    return clause.ending == "connective" and any(
        p.case == "topic" and p.start >= clause.end and scene.fill(p, ACTORS)
        for p in scene.parsed.phrases
    )


def is_past(scene: Scene, clause: Clause) -> bool:
    """Tell what somebody said ("예상했다") from what the writer expects ("예상한다")."""
    words = scene.text[clause.start : clause.end]
    return any(final(c) == SSANG_SIOT for c in words if c not in "있겠")


def _is_stranger(scene: Scene, phrase: Phrase, content: tuple[int, int, bool]) -> bool:
    """Tell an unknown name ("Bay Wire는") from a time, a place or a thing that is talked of."""
    words = scene.masked[phrase.start : phrase.end].strip()
    named = scene.named_in(phrase.start, phrase.end, generic=True)
    if re.fullmatch(r"(?:[A-Z][\w.&]*\s?)+", words, re.ASCII) and not named:
        return True
    if named and named[-1][2] == phrase.end:
        return False
    start, end, _ = content
    subjects = (p for p in scene.parsed.phrases if p.case == "subject" and p.start > phrase.end)
    last = next((m for m in reversed(scene.tokens) if m.end == phrase.end), None)
    if last is None or not any(start <= p.start < end for p in subjects):
        return False
    if is_thing(scene, phrase) or is_quality(last.form) or spoken_of(scene, phrase):
        return False
    return last.tag == "NNP" or (last.tag == "NNG" and last.end - last.start >= _LONG_NAME)


def _is_someone(scene: Scene, phrase: Phrase) -> bool:
    """Tell an unnamed speaker ("업계는", "전문가들은") from what is spoken of ("추론에는")."""
    if phrase.case == "at" or phrase.until - phrase.end > 1:
        return False
    words = scene.masked[phrase.start : phrase.end].strip()
    return bool(SOMEONE.search(words)) or bool(scene.named_in(phrase.start, phrase.end, ACTORS))
