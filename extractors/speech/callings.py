"""What somebody calls a thing or takes it for: "A는 B를 ‘C’라고 불렀다", "B를 승부수로 꼽았다".

What it is called may be one quoted word, so that no length tells it from a name: the thing called
so must stand before it, and who calls it so must be told. The verbs are ``speech.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.context.quotation_marks import in_quotes
from extractors.context.scene import Draft, Scene
from extractors.context.speaker_names import sides_of
from extractors.language.endings import BOUND, plain_end
from extractors.language.modality import modality
from extractors.language.phrases import Clause, Phrase
from extractors.language.speech_data import load_speech
from extractors.speech.saying import closing_nouns
from extractors.speech.stances import aside_end
from extractors.speech.views import unnamed
from kg.claim import Entity, Modality, Value

_ADVERB = (
    r"(?:\s(?:직접|공개적으로|노골적으로|강하게|거듭|종종|흔히|사실상|스스로|이미|줄곧|이름))?\s?$"
)
_QUOTED = re.compile(
    r"(?:[“\"](?P<a>[^“”\"]{2,60})[”\"]|[‘'](?P<b>[^‘’']{2,60})[’'])(?:\([^()]*\))?\s?"
    rf"(?P<tie>이?라고까지|이?라고도|이?라고|이?라|으로|로|에|처럼){_ADVERB}"
)
"""What a thing is called in quotes, right before the verb."""
_PLAIN = re.compile(rf"(?<=[가-힣A-Za-z0-9)])(?:으로|로){_ADVERB}")
_LONGEST = 160
_AMONG = ("에서는", "에선", "에서도")
_DONE = re.compile(r"[가-힣]*?(?:했|봤|꼽았|였|왔|었|았)(?:음|다)?$")
"""A verb told as done, before what it is turned to: "비난했음에도"."""
_PAST = re.compile(r"(?:한|은|던|본|온|린|른)$")
"""A verb told as done of a noun: "리스크로 꼽은 진부화"."""


def match_callings(scene: Scene, stated: Sequence[Draft]) -> Iterator[Draft]:
    """Yield a ``states`` draft for each thing called something that ``stated`` does not tell."""
    verbs = load_speech()
    for clause in (*scene.parsed.clauses, *closing_nouns(scene, verbs)):
        calls = clause.lemma in verbs.calling or clause.lemma in verbs.reading
        if not calls or clause.voice == "passive":
            continue
        meant = _meant(scene, clause)
        if meant is None or any(_covers(scene, d, meant) for d in stated):
            continue
        found = _relative(scene, clause, meant) or _told(scene, clause, meant)
        if found is not None:
            yield from _drafts(scene, clause, *found)


def _covers(scene: Scene, draft: Draft, meant: int) -> bool:
    """Tell what is called so in words that are told already, not behind an aside."""
    within = draft.start <= meant < draft.end and draft.modality != "denied"
    return within and aside_end(scene, draft) > meant


def _meant(scene: Scene, clause: Clause) -> int | None:
    """Return where begins what the thing is called, right before the verb."""
    before = scene.text[: clause.start]
    if quoted := _QUOTED.search(before):
        tie = quoted["tie"]
        called = clause.lemma in load_speech().calling
        return quoted.start() if called or tie in ("으로", "로", "에", "처럼") else None
    plain = _PLAIN.search(before) if clause.lemma in load_speech().reading else None
    named = [p for p in scene.parsed.phrases if plain and p.end == plain.start()]
    phrase = next((p for p in named if p.case in ("by", "to")), None)
    if phrase is None:
        return None
    if any(phrase.start <= v.start < phrase.end for v in scene.values):
        return None  # "화면을 4K로 본다"
    return phrase.outer_start


def _told(scene: Scene, clause: Clause, meant: int) -> tuple[list[Entity], Phrase, int, int] | None:
    """Return who calls the thing before it something, and the range of what they say."""
    thing = _thing(scene, meant)
    if thing is None or not _asserts(scene, clause):
        return None
    lead = next(_leads(scene, thing.outer_start), None)
    who = _who(scene, lead) if lead else []
    joined = any(
        c.end <= meant and thing.until <= c.start and c.ending in ("connective", "final")
        for c in scene.parsed.clauses
    )
    if lead is None or not who or joined:
        return None
    empty = scene.text[thing.start : thing.end] in BOUND
    start = lead.until if empty else max(lead.until, _begin(scene, thing))
    return who, lead, start, plain_end(scene.text, clause)


def _relative(
    scene: Scene, clause: Clause, meant: int
) -> tuple[list[Entity], Phrase, int, int] | None:
    """Return who calls so the noun that the clause tells of: "A가 병목으로 꼽은 전력"."""
    noun = clause.modified or clause.complement
    if clause.ending not in ("relative", "noun") or noun is None:
        return None
    if not _PAST.search(scene.text[clause.start : clause.end]):
        return None
    lead = next((p for p in _leads(scene, meant) if p.case == "subject"), None)
    if lead is None or meant - lead.until > 2 or not (who := _who(scene, lead)):
        return None
    return who, lead, meant, noun.end


def _leads(scene: Scene, until: int) -> Iterator[Phrase]:
    """Yield whom the words before tell of, the nearest first, not who does what a noun tells."""
    inner = [
        c.arg("subject")
        for c in scene.parsed.clauses
        if c.ending in ("relative", "noun") and c.end < until
    ]
    for phrase in reversed(scene.parsed.phrases):
        place = phrase.case == "at" and scene.text[phrase.end : phrase.until] in _AMONG
        leads = phrase.leads or phrase.case == "also" or place
        if phrase.until > until or not leads or phrase in inner:
            continue
        if not in_quotes(scene.text, phrase.start):
            yield phrase


def _thing(scene: Scene, meant: int) -> Phrase | None:
    """Return what is called so, not what only tells more of it: "A를 B를 막는 벽으로"."""
    inner = [
        next((a for a in reversed(c.args) if a.case == "object"), None)
        for c in scene.parsed.clauses
        if c.ending == "relative" and c.end <= meant
    ]
    found = (p for p in reversed(scene.parsed.phrases) if p.until <= meant and p not in inner)
    return next((p for p in found if p.case in ("object", "about")), None)


def _begin(scene: Scene, thing: Phrase) -> int:
    """Return where a thing begins with the clause that tells which: "칩이 밀리는 현상을"."""
    told = (c for c in scene.parsed.clauses if thing in (c.modified, c.complement))
    starts = (min([c.start, *(a.outer_start for a in c.args if a.end <= c.start)]) for c in told)
    return min([thing.outer_start, *starts])


def _who(scene: Scene, phrase: Phrase) -> list[Entity]:
    crowd = unnamed(scene.text[phrase.start : phrase.end])
    return sides_of(scene, phrase) or ([crowd] if crowd else [])


def _asserts(scene: Scene, clause: Clause) -> bool:
    words = scene.text[clause.start : clause.end]
    if clause.ending in ("relative", "noun"):
        return words.endswith(("음", "함", "봄")) or _DONE.search(words) is not None
    return True


def _drafts(
    scene: Scene, clause: Clause, who: Sequence[Entity], lead: Phrase, start: int, end: int
) -> Iterator[Draft]:
    text = scene.text[start:end].strip(" ,")
    told = _modality(scene, clause)
    if told is None or len(text) > _LONGEST:
        return
    for speaker in who:
        draft = Draft(
            speaker, "states", None, Value(text), min(lead.outer_start, start), clause.end, clause
        )
        draft.modality = told
        yield draft


def _modality(scene: Scene, clause: Clause) -> Modality | None:
    told = modality(scene.text[clause.stem_end : clause.tail_end])
    presents = clause.lemma in load_speech().presenting
    return "opinion" if told == "fact" and not presents else told
