"""Whom a phrase tells as one who speaks or takes a side: by name, by office, as a group."""

from __future__ import annotations

import re

from extractors.classes import ACTORS, BODIES
from extractors.context.quotation_marks import in_quotes
from extractors.context.scene import Scene
from extractors.language.phrases import Clause, Phrase
from extractors.language.speech_data import load_speech
from extractors.names.descriptions import group, load_descriptions
from extractors.names.name_patterns import patterns
from extractors.word_lists import Worded
from kg.claim import Entity

_WORDS = "language/speech.yaml"
SOMEONE = Worded(_WORDS, r"{someone}$")
DOCUMENT = Worded(_WORDS, r"^(?:이|해당|이번)?\s?{documents}$")
"""What speaks for whoever published it."""
_CONTRAST = re.compile(r"(?:[가-힣]나|지만|데|데요)$")
"""How a clause ends that the next one stands against: "요구했으나", "알려졌는데요"."""
SIDES = ("Person", "Company", "Organization", "Place")


def is_thing(scene: Scene, phrase: Phrase) -> bool:
    """Tell what is judged from who may speak: "오픈 모델은 “누구나 쓰는 것”이라고 규정했다"."""
    inside = scene.named_in(phrase.start, phrase.end, generic=True)
    named = [n for n in inside if n[2] == phrase.end]
    words = scene.masked[phrase.start : phrase.end].split()
    told = load_descriptions().kinds.get(words[-1] if words else "", ())
    kinds = {named[-1][0].cls} if named else set(told)
    return bool(kinds) and not kinds & {*ACTORS, "Place"}


def spoken_of(scene: Scene, phrase: Phrase) -> Entity | None:
    """Return the speaker that a phrase names, refers to, or tells as a group or a document."""
    return next(reversed(speakers_of(scene, phrase)), None)


def speakers_of(scene: Scene, phrase: Phrase) -> list[Entity]:
    """Return all whom a phrase names, or whom it refers to or tells: "가나와 다라는"."""
    people = scene.named_in(phrase.start, phrase.end, ("Person",))
    if people and phrase.joined is None and scene.masked[: phrase.end].endswith(patterns().titles):
        return [people[-1][0]]  # "민서라 가나통상부(GTM) 장관은"
    if titled := scene.titled(phrase):
        return [titled[0][0]]
    filled = scene.fill(phrase, ACTORS)
    begins = (phrase.apposed or phrase).start
    if phrase.joined and filled and filled[-1][1] < begins:  # "가나와 협력은"
        return []
    named = [n[0] for n in filled] or chief_of(scene, phrase)
    if not named and DOCUMENT.search(scene.text[phrase.start : phrase.end]):
        publisher = scene.discourse.org or scene.discourse.writer
        return [publisher] if publisher else []
    leader = [] if named else leader_of(scene, phrase)
    told = named or leader or scene.refer(phrase, ACTORS)[:1]
    unnamed = None if told else _of_house(scene, phrase) or group(scene, phrase)
    return [unnamed] if unnamed else list(dict.fromkeys(told))


def _of_house(scene: Scene, phrase: Phrase) -> Entity | None:
    """Let whoever is not named speak for whose they are: "가나증권의 한 애널리스트는"."""
    words = scene.text[phrase.start : phrase.end].split()
    if phrase.owner is None or not words or words[-1] not in load_speech().members:
        return None
    return next((n[0] for n in scene.fill(phrase.owner, BODIES)), None)


def sides_of(scene: Scene, phrase: Phrase) -> list[Entity]:
    """Return who takes a side, be it a country: "미국은 규제에 반대한다"."""
    found = [n[0] for n in scene.fill(phrase, SIDES)] or leader_of(scene, phrase)
    found = found or scene.refer(phrase, SIDES)
    unnamed = None if found else group(scene, phrase)
    return [unnamed] if unnamed else list(dict.fromkeys(found))


def leader_of(scene: Scene, phrase: Phrase) -> list[Entity]:
    """Let "회사 측은" be the firm that the sentence begins with: "가나가 …졌지만 회사 측은"."""
    if scene.text[phrase.start : phrase.end] not in scene.anaphora["org"]:
        return []
    first = scene.parsed.phrases[0]
    named = scene.text[first.until : first.until + 1] == ":"
    against = any(first.until < end for end in contrasts_before(scene, phrase.start))
    leads = named or (first.leads and against)
    return [n[0] for n in scene.fill(first, ("Company",))][:1] if leads else []


def spoke_before(scene: Scene, clause: Clause) -> tuple[list[Entity], Phrase | None]:
    """Return whose refusal or stance it is when a thing is the topic: "명단은 밝히지 않았다".

    The nearest topic before that speaks, else who spoke in the sentences before.
    """
    before = [p for p in scene.parsed.phrases if p.end <= clause.start]
    for phrase in reversed(before):
        if phrase.case == "topic" and not in_quotes(scene.text, phrase.start):
            if found := [n[0] for n in scene.fill(phrase, ACTORS)]:
                return found, phrase
            if group(scene, phrase) or SOMEONE.search(scene.text[phrase.start : phrase.end]):
                return [], None
    topic = scene.discourse.topic
    carried = topic if topic and scene.may_carry and topic.cls in ACTORS else None
    return [carried] if carried else [], None


def chief_of(scene: Scene, phrase: Phrase) -> list[Entity]:
    """Let a chief who is not named speak for the firm: "가나칩 CEO는"."""
    named = scene.named_in(phrase.start, phrase.end, BODIES)
    rest = scene.text[named[-1][2] : phrase.end].strip() if named else ""
    return [named[-1][0]] if rest in patterns().roles else []


def contrasts_before(scene: Scene, until: int) -> list[int]:
    """Return where clauses end that the rest of the sentence stands against."""
    return [
        c.end
        for c in scene.parsed.clauses
        if c.ending == "connective" and c.end <= until
        if _CONTRAST.search(scene.text[c.stem_end : c.end])
    ]


def noted_by(scene: Scene) -> Entity | None:
    """Return whose words the items below a heading sum up: "[가나위원회] 결정문: … 지적함"."""
    body = scene.discourse.headed
    noted = scene.in_list and body is not None and scene.text.rstrip(" .*").endswith("함")
    return body if noted and body and body.cls == "Organization" else None
