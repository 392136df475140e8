"""What a clause tells of a law that somebody makes: "이용을 금지하는 법을 시행한다".

A law with a name does itself what the clause tells; one without is its maker's doing. What is
only proposed is a plan. The words are ``lawmaking.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from extractors.alternation import any_of
from extractors.context.scene import Draft, Scene
from extractors.language.phrases import Clause, Phrase
from extractors.lexicon.frame_data import Frame
from extractors.word_lists import load_words
from kg.claim import Entity

BY_LAW = frozenset({"regulates", "blocks"})
"""What laws do, and those who make them."""


@dataclass(frozen=True, slots=True)
class Lawmaking:
    """The words of ``lawmaking.yaml``."""

    measures: tuple[str, ...]
    made: Mapping[str, bool]
    """Each verb of lawmaking, and whether what it is said of binds by then."""
    deed: re.Pattern[str]
    """The rest of a clause behind a law's name that says that somebody makes it."""


_OPEN = ("방향", "쪽")
"""What a measure only tends to."""


@lru_cache(maxsize=1)
def load_lawmaking() -> Lawmaking:
    """Load the words once a process."""
    data = load_words("relations/lawmaking.yaml")
    made = {**dict.fromkeys(data["proposing"], False), **dict.fromkeys(data["enacting"], True)}
    verbs = any_of([*made, *data["put_out"]])
    deed = re.compile(
        rf"(?:[’”'\"」』]?\s?\([^()]*\))?(?:(?!결과|선정|조사|위반|따라)[^.,:·]){{0,24}}?(?<![가-힣])(?:{verbs})"
    )
    return Lawmaking(tuple(data["measures"]), made, deed)


@dataclass(frozen=True, slots=True)
class Making:
    """A clause's law: its noun, who makes it, the tail that tells how, whether it binds."""

    noun: Phrase
    maker: Phrase | None
    tail: tuple[int, int] | None
    binds: bool


def making_of(scene: Scene, clause: Clause) -> Making | None:
    """Return what becomes of the law that a clause tells of, if it tells of one."""
    noun = clause.modified if clause.ending == "relative" else None
    noun = noun or clause.complement or clause.reported
    if noun is None or clause.voice == "passive":
        return None
    words = load_lawmaking()
    told = _GLOSS.sub("", scene.text[noun.start : noun.end]).strip("‘’“”'\"「」 ")
    named = bool(scene.named_in(noun.start, noun.end, ("Policy",)))
    if told.endswith(words.measures) or named:
        verb = next(
            (c for c in scene.parsed.clauses if noun in c.args and c.lemma in words.made), None
        )
        if verb is not None:
            binds = words.made[verb.lemma] and not told.endswith(_OPEN)
            return Making(noun, verb.subject or verb.topic, (verb.stem_end, verb.tail_end), binds)
        deed = _DEED.match(scene.text, noun.end)
        binds = deed is None or words.made.get(deed["deed"], True)
        return Making(noun, None, None, binds)
    inside = _INSIDE.fullmatch(told)
    if inside and inside["deed"] in words.made and inside["law"].endswith(words.measures):
        return Making(noun, None, None, words.made[inside["deed"]])
    return None


def settled_by_law(scene: Scene, clause: Clause, draft: Draft) -> bool:
    """Settle how sure what a law does is: as sure as the law; tell whether that was to be done."""
    making = making_of(scene, clause) if draft.predicate in BY_LAW else None
    if making is None:
        return False
    draft.tail = making.tail or draft.tail
    if not making.binds:
        draft.tail, draft.modality = None, "plan"
    return making.tail is not None or not making.binds


_DEED = re.compile(r"\s(?:[\d월일년 ]+\s)?(?P<deed>[가-힣]{2,4})(?:$|[\s…,(])")
_INSIDE = re.compile(r"(?P<law>.+?)(?:\s[\d월일년 ]+)?\s(?P<deed>[가-힣]{2,4})")
"""What a headline says is done with a measure: "금지하는 법 9월 1일 시행"."""
_GLOSS = re.compile(r"\s?\([^()]*\)?$")
_HEAD = re.compile(r"\s?(?:[,:：)\]]|[–—|-]\s)")


def lawmakers(scene: Scene, clause: Clause, frame: Frame) -> list[Entity] | None:
    """Return who does by law what a clause tells: the law, or who makes it.

    Nobody, where it is a law that the sentence does not tell the maker of; ``None`` where it
    is no law.
    """
    making = making_of(scene, clause) if frame.predicate in BY_LAW else None
    if making is None or clause.arg("subject") is not None:
        return None
    named = [n[0] for n in scene.fill(making.noun, ("Policy",)) if "Policy" in frame.subject]
    if named:
        return named
    if making.maker is None:
        return _heading(scene, frame)
    return [n[0] for n in scene.fill(making.maker, frame.subject)] or scene.refer(
        making.maker, frame.subject
    )


def _heading(scene: Scene, frame: Frame) -> list[Entity]:
    """Return whom a headline begins with: "덴마크, 합성 음성 광고를 금지하는 법 시행"."""
    entity, start, end = scene.names[0] if scene.names else (None, 0, 0)
    leads = entity is not None and not re.search(r"[가-힣A-Za-z]{2}", scene.text[:start])
    if entity is None or not leads or not _HEAD.match(scene.text, end):
        return []
    return [entity] if entity.cls in frame.subject else []
