"""How many of something a deed is done to: "특허를 200건 출원했다", "서버 2만 대를 교체한다".

The deed and its object tell together what is counted; the doer is the subject of the deed, or
what its clause describes. The words are data (``counted_deeds.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.classes import BODIES, THINGS
from extractors.context.scene import Draft, Scene
from extractors.figures.deeds import governor
from extractors.figures.holders import topic_entity
from extractors.figures.measures import is_measure
from extractors.figures.plain_phrases import is_nominal, words_of
from extractors.figures.quantities import holding
from extractors.language.phrases import Clause, Phrase
from extractors.names.descriptions import is_nobody
from extractors.values.metric_data import load_metrics
from extractors.values.values import FoundValue
from extractors.word_lists import filled, load_words
from kg.claim import Entity

_DOERS = (*BODIES, *THINGS, "Facility")
_LONGEST = 16
_GAP = re.compile(r"[을를]\s(?:약|총|무려|모두|매년|연간|각각|새로|추가로|최대|최소)?\s?")
_MAY = re.compile(r"\s?[가-힣]{0,2}\s수\s(?:있|없)")
"""What makes of a deed only what may be done: "2만 개를 대체할 수 있다"."""
_LEFT = re.compile(r"^.*(?:\s|^)(?:등|후|뒤|전|시|기준|간|\S*\d\S*|[A-Za-z]|\S+(?:간|당))(?:\s|$)")
"""What stands before the thing that is counted: "본사 완공 후", "1년간", "포도 등 과일"."""
_SURE = "0.65"


@dataclass(frozen=True, slots=True)
class CountedDeeds:
    """The words of ``counted_deeds.yaml``."""

    counts: Mapping[str, str]
    verbs: Mapping[str, str]
    having: frozenset[str]
    aside: frozenset[str]


@lru_cache(maxsize=1)
def load_counted_deeds() -> CountedDeeds:
    """Load the words once a process."""
    return filled(CountedDeeds, load_words("figures/counted_deeds.yaml"))


def match_counted(scene: Scene, taken: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the figures that ``taken`` does not tell and a deed counts or costs."""
    used = {d.value.text for d in taken if d.value is not None}
    for value in scene.values:
        counted = (value.value.unit or "") in load_counted_deeds().counts
        if value.value.text in used or not (counted or value.value.currency):
            continue
        found = governor(scene, value)
        if found is None or found[0].voice == "passive" or not is_measure(scene, value):
            continue
        clause, phrase = found
        if _MAY.match(scene.text, clause.stem_end):
            continue
        name = _counted(scene, value, clause, phrase) if counted else _paid(scene, clause)
        holder = _doer(scene, value, clause, phrase) if name else None
        if holder is not None and not counted and holder.cls not in BODIES:
            continue
        if name and holder is not None:
            draft = holding(scene, value, holder, name)
            draft.confidence = _SURE
            yield draft


def _paid(scene: Scene, clause: Clause) -> str | None:
    """Name a sum by the verb behind the one that only rounds it: "3조 원 넘게 쏟아붓는다"."""
    if not scene.text.startswith("넘게", clause.start):
        return None
    after = scene.parsed.clause_from(clause.end)
    return load_metrics().paid.get(after.lemma) if after else None


def _counted(scene: Scene, value: FoundValue, clause: Clause, phrase: Phrase) -> str | None:
    """Name a number by the deed and what it is done to, else by the deed alone."""
    words = load_counted_deeds()
    deed = words.verbs.get(clause.lemma) or (
        clause.lemma if clause.lemma in words.having or _is_noun(scene, clause.lemma) else None
    )
    if deed is None or clause.lemma in words.aside:
        return None
    of = _object(scene, value, clause, phrase)
    if of is None:
        return None
    count = words.counts[value.value.unit or ""]
    if clause.lemma in words.having:
        return f"{of} 수" if of else None
    if not of and value.value.unit not in ("명", "인"):
        return None
    return f"{of} {deed} {count}".strip()


def _is_noun(scene: Scene, lemma: str) -> bool:
    return len(lemma) > 1 and any(t.form == lemma and t.tag == "NNG" for t in scene.tokens)


def _object(scene: Scene, value: FoundValue, clause: Clause, phrase: Phrase) -> str | None:
    """Return what is counted, "" if nothing tells it, ``None`` if that is no plain thing."""
    if phrase.case == "object" and value.end >= phrase.end:
        span = phrase.start, value.start
    elif phrase.case == "bare":
        thing = clause.arg("object")
        if thing is None or not _GAP.fullmatch(scene.text, thing.end, value.start):
            return None
        span = thing.start, thing.end
    else:
        return None
    label = _LEFT.sub("", " ".join(words_of(scene, *span))).removesuffix(" 수")
    words = label.split()
    if not words:
        return ""
    named = scene.named_in(*span, (*BODIES, "Person"))
    plain = re.fullmatch(r"[가-힣A-Za-z0-9 ]+", label) and is_nominal(scene, *span)
    if named or not plain or len(label) > _LONGEST or is_nobody(words[-1]):
        return None
    return label


def _doer(scene: Scene, value: FoundValue, clause: Clause, phrase: Phrase) -> Entity | None:
    """Return who does a deed: its subject, what its clause describes, whom the text is about."""
    subject = clause.arg("subject")
    if clause.ending == "relative":
        own = subject if subject is not None and subject is not phrase else clause.modified
        named = scene.fill(own, _DOERS) if own else []
        return named[-1][0] if named and not scene.is_generic(named[-1][0]) else None
    doer = topic_entity(scene, clause, phrase, _DOERS)
    if doer is None or any(n[0].id == doer.id for n in scene.names):
        return doer
    others = scene.named_in(0, value.start, _DOERS)
    return None if others else doer  # "가나 장터에서 술 300종을": not of whom it was about
