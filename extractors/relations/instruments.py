"""What work is done with: "가나는 K2로 상담을 처리한다", "다라의 비서는 K2를 통해 움직인다".

The deeds, with examples, are ``instruments.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from extractors.classes import BODIES
from extractors.context.scene import Draft, Scene
from extractors.language.phrases import Clause, Phrase
from extractors.lexicon.makers import line_makers, makers, makes_memory
from extractors.relations.frame_modality import judge, told_in
from extractors.relations.frame_parties import staff, subject_of, who
from extractors.word_lists import Worded, words_in
from kg.claim import Entity

_WORDS = "relations/instruments.yaml"
_MEANS = ("Chip", "Model", "Software")
_THINGS = ("Model", "Software", "Product", "Facility")
_PLATFORMS = ("Chip", "Software", "Facility")
_ENDING = Worded(_WORDS, r"\s{work}(?:\s(?:나서|추진|시작|개시|확대|착수|도입|본격화))?\W*$")
_BY = re.compile(r"[”’\"']?\s?(?:으?로|을\s통해|를\s통해|통해)\s")
_BASED = re.compile(r"[”’\"')]?(?:\s모델)?(?:을|를)?\s?기반(?:의|으로\s한|한)?\s")
_USERS = (*BODIES, "Software", "Product")


def match_instruments(scene: Scene) -> Iterator[Draft]:
    """Yield who does some work with a chip, a model or a program, and what runs on one."""
    yield from _headlined(scene)
    for clause in scene.parsed.clauses:
        yield from _on_bases(scene, clause)
        runs = clause.lemma in words_in(_WORDS, "runs")
        if not runs and clause.lemma not in words_in(_WORDS, "work"):
            continue
        means = [m for p in clause.args for m in _means(scene, clause, p)]
        users = _users(scene, clause, runs=runs) if means else []
        for user, mean in ((u, m) for u in users for m in means):
            if user.id != mean.id and not _is_own(clause, user, mean):
                yield _draft(scene, clause, user, mean)


def _means(scene: Scene, clause: Clause, phrase: Phrase) -> list[Entity]:
    """List with what a phrase says that work is done, or on what it runs."""
    if phrase.case == "at" and clause.lemma in words_in(_WORDS, "own"):
        return who(scene, phrase, _PLATFORMS)
    if phrase.case not in ("by", "via") or phrase.based:
        return []
    made = who(scene, clause.arg("object"), _MEANS)  # "K2를 K3로 만들었다"
    return who(scene, phrase, _MEANS) if not made else []


def _users(scene: Scene, clause: Clause, *, runs: bool) -> list[Entity]:
    """List who does the work; what runs, or whose it is: "가나의 비서는 K2로 움직인다"."""
    itself = runs and clause.arg("object") is None
    doer = clause.arg("subject") if clause.ending == "relative" else subject_of(clause)
    if doer is None and clause.modified is not None:
        led = itself or who(scene, clause.modified, _USERS)
        doer = clause.modified if led else clause.topic  # "K2로 요약한 문서를"
    if doer is None:
        return []
    users = [] if clause.voice == "passive" else who(scene, doer, _USERS, staff())
    if users or not itself:
        return users
    things = who(scene, doer, _THINGS)
    whose = doer.head.endswith(words_in(_WORDS, "having")) and not things
    return who(scene, doer.owner, BODIES) if whose else things


def _headlined(scene: Scene) -> Iterator[Draft]:
    """Yield what a headline without a verb says: "가나, K2로 상담 자동화"."""
    phrases = scene.parsed.phrases
    ends = _ENDING.search(scene.text)
    told = any(c.lemma != "통하" for c in scene.parsed.clauses)
    if told or ends is None or not phrases or phrases[0].case != "topic":
        return
    for phrase in phrases[1:]:
        if _BY.match(scene.text, phrase.end) and phrase.end < ends.start():
            pairs = product(who(scene, phrases[0], BODIES), who(scene, phrase, _MEANS))
            for user, mean in pairs:
                if not _offers(user, mean):
                    yield Draft(user, "uses", mean, None, phrases[0].start, ends.end())


def _on_bases(scene: Scene, clause: Clause) -> Iterator[Draft]:
    """Yield what something is built on that a firm works with: "가나는 K2 기반 비서를 쓴다"."""
    thing = clause.arg("object")
    if thing is None or clause.lemma not in words_in(_WORDS, "applying"):
        return
    named = scene.named_in(thing.outer_start, thing.end, (*_MEANS, "Technology"))
    bases = [n[0] for n in named if _BASED.match(scene.text, n[2])]
    for phrase in (p for p in clause.args if p.based and p is not thing):
        bases += who(scene, phrase, (*_MEANS, "Technology"))
    users = who(scene, subject_of(clause), _USERS, staff()) if bases else []
    for user, base in product(users, bases):
        if user.id != base.id and not _offers(user, base):
            yield _draft(scene, clause, user, base)


def _is_own(clause: Clause, user: Entity, mean: Entity) -> bool:
    """Tell what a firm offers from what it works with itself, and memory from its makers."""
    if makes_memory(user, mean):
        return True
    return clause.lemma not in words_in(_WORDS, "own") and _offers(user, mean)


def _offers(user: Entity, mean: Entity) -> bool:
    """Tell a firm whose own a thing is, by who makes it, its line, or its name."""
    known = makers().get(mean.id) or line_makers(mean.label)
    return (
        user.id in known
        or mean.label.startswith(f"{user.label} ")
        or bool(makes_memory(user, mean))
    )


def _draft(scene: Scene, clause: Clause, user: Entity, mean: Entity) -> Draft:
    start, end = told_in(scene, clause)
    draft = Draft(user, "uses", mean, None, start, end, clause)
    draft.tail = (clause.stem_end, clause.tail_end)
    judge(scene, clause, draft)
    return draft
