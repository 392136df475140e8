"""What tells the relation of two names: classes, particles, the verbs and nouns around them.

Every feature is a short string; what each weighs for each relation is learned from
marked passages (``tests/eval/passages``) and kept in ``weights.json``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from extractors.frame_data import load_frames
from extractors.holders import phrase_at
from extractors.phrases import Clause, Phrase
from extractors.scene import Scene
from extractors.senses import senses_of, senses_of_lemma
from kg.claim import Entity

_CONTENT = frozenset({"NNG", "NNB", "XR", "VV", "VA", "VV-I", "VV-R", "VA-I", "VA-R", "VCN", "MAG"})
_LONGEST_GAP = 12
_NEAR_WORDS = 8
_NEXT_WORDS = 3
_KINDS = {
    "Company": "A",
    "Organization": "A",
    "Chip": "T",
    "Model": "T",
    "Software": "T",
    "Product": "T",
    "Technology": "T",
}


@dataclass(frozen=True, slots=True)
class Party:
    """One of the two: a name at its place, or one carried from before (``start`` is -1)."""

    entity: Entity
    start: int
    end: int
    carried: str = ""

    @property
    def kind(self) -> str:
        """The class."""
        return self.entity.cls

    @property
    def group(self) -> str:
        """The class, firms and bodies as one, things as one."""
        return _KINDS.get(self.entity.cls, self.entity.cls)


class Word(NamedTuple):
    """A content word of a sentence, where it begins, and its senses."""

    form: str
    start: int
    senses: tuple[str, ...]


@dataclass(slots=True)
class View:
    """A sentence as the features see it; made once for all its pairs."""

    scene: Scene
    words: list[Word] = field(default_factory=list)
    cases: dict[int, str] = field(default_factory=dict)
    governors: dict[int, list[tuple[Clause, str]]] = field(default_factory=dict)
    heads: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    _phrases: dict[int, Phrase | None] = field(default_factory=dict)
    _subjects: set[str] | None = None

    def __post_init__(self) -> None:
        """List content words outside names, the case of each phrase and what governs it."""
        taken = {at for _, start, end in self.scene.names for at in range(start, end)}
        self.words = [
            Word(t.form, t.start, senses_of(t.form, t.tag))
            for t in self.scene.tokens
            if t.tag in _CONTENT and t.start not in taken
        ]
        for phrase in self.scene.parsed.phrases:
            for part in phrase.chain():
                self.cases[id(part)] = phrase.case
        for clause in self.scene.parsed.clauses:
            own = [(p, p.case) for p in clause.args]
            own += [(p, c) for p, c in ((clause.topic, "topic"), (clause.subject, "subject")) if p]
            for phrase, case in own:
                self._govern(phrase, clause, case)
            if clause.ending == "relative" and clause.modified is not None:
                self._govern(clause.modified, clause, "modified")

    def _govern(self, phrase: Phrase, clause: Clause, case: str) -> None:
        for part in phrase.chain():
            told = self.governors.setdefault(id(part), [])
            if not any(c is clause for c, _ in told):
                told.append((clause, case))
            if part.owner is not None:
                self._govern(part.owner, clause, case + "'s")

    def phrase_of(self, party: Party) -> Phrase | None:
        """Return the noun phrase a name stands in, if it stands in the sentence."""
        if party.start not in self._phrases:
            found = phrase_at(self.scene, party.start) if party.start >= 0 else None
            self._phrases[party.start] = found
        return self._phrases[party.start]

    def case_of(self, party: Party) -> str:
        """Return the case of the phrase a name stands in, or what it is carried as."""
        phrase = self.phrase_of(party)
        return self.cases.get(id(phrase), "-") if phrase else party.carried

    def subjects(self) -> set[str]:
        """Return the ids of the names that are topic or subject of the sentence."""
        if self._subjects is None:
            parties = (Party(entity, start, end) for entity, start, end in self.scene.names)
            self._subjects = {
                p.entity.id for p in parties if self.case_of(p) in ("topic", "subject")
            }
        return self._subjects

    def between(self, start: int, end: int) -> list[Word]:
        """List the content words in a range."""
        return [word for word in self.words if start <= word.start < end]


def kinds(a: Party, b: Party) -> str:
    """Return the classes of a pair: "Company>Chip"."""
    return f"{a.kind}>{b.kind}"


def features(view: View, a: Party, b: Party) -> Iterator[str]:
    """Yield the features of an ordered pair, one of which at least stands in the sentence."""
    types = kinds(a, b)
    groups = f"{a.group}>{b.group}"
    order = _order(a, b)
    yield "bias"
    yield f"t:{types}"
    yield f"o:{order}"
    yield f"og:{order}|{groups}"
    yield f"ot:{order}|{types}"
    pa, pb = view.phrase_of(a), view.phrase_of(b)
    case_a, case_b = view.case_of(a), view.case_of(b)
    yield f"ca:{case_a}|{order}"
    yield f"cb:{case_b}|{order}"
    yield f"cab:{case_a}|{case_b}|{order}"
    yield f"cabg:{case_a}|{case_b}|{order}|{groups}"
    yield from _nearness(view, a, b, order, groups)
    yield from _governed(view, pa, pb, order, groups)
    yield from _heads(view, a, b, pa, pb)
    yield from _around(view, a, b, order, groups)


def _order(a: Party, b: Party) -> str:
    """Tell which of the two is carried from before, and as what, else which stands first."""
    if a.carried:
        return "c" + a.carried
    if b.carried:
        return "k" + b.carried
    return "f" if a.start < b.start else "r"


def _nearness(view: View, a: Party, b: Party, order: str, groups: str) -> Iterator[str]:
    if a.carried or b.carried:
        own = any(p.case in ("topic", "subject") for p in view.scene.parsed.phrases)
        yield f"own:{own}|{order[0]}"
        yield f"own:{own}|{groups}"
        return
    first, second = (a, b) if a.start < b.start else (b, a)
    gap = view.scene.text[first.end : second.start]
    names = sum(first.end <= n[1] < second.start for n in view.scene.names)
    yield f"n:{min(names, 4)}|{order}"
    yield f"n:{min(names, 4)}|{order}|{groups}"
    yield f"d:{min(len(gap) // 8, 6)}|{order}"
    if len(gap) <= _LONGEST_GAP:
        yield f"gap:{gap}|{order}"
        yield f"gap:{gap}|{order}|{groups}"
        yield f"gap:{gap}|{order}|{a.kind}>{b.kind}"


def _governed(
    view: View, pa: Phrase | None, pb: Phrase | None, order: str, groups: str
) -> Iterator[str]:
    """Yield the predicates that the two share."""
    over_b = view.governors.get(id(pb), []) if pb else []
    over_a = view.governors.get(id(pa), []) if pa else []
    if pa is not None and pa is pb:
        yield f"same:{order}"
        yield f"same:{order}|{groups}"
    shared = False
    for clause, case in over_b or over_a:
        other = next((c for k, c in over_a if k is clause), None)
        if order[0] in "ck":  # who is not named is read like a topic that is
            other = "topic" if clause.subject is None and clause.topic is None else "else"
        if other is not None:
            shared = True
            first, second = (case, other) if order[0] == "k" else (other, case)
            yield from _shared(clause, first, second, groups)
    yield f"sh:{shared}|{order}"


def _shared(clause: Clause, other: str, case: str, groups: str) -> Iterator[str]:
    """Yield what a predicate tells whose arguments are both."""
    for lemma in _lemmas(clause):
        yield f"l:{lemma}"
        yield f"l:{lemma}|{other}|{case}"
        yield f"l:{lemma}|{groups}"
    yield f"lc:{other}|{case}|{clause.voice}|{clause.ending}"
    for kind in _told(clause.lemma):
        yield f"f:{kind}|{other}|{case}|{clause.voice}"
        yield f"f:{kind}|{groups}"
    for sense in senses_of_lemma(clause.lemma):
        yield f"s:{sense}|{other}|{case}|{clause.voice}"
        yield f"s:{sense}|{groups}"


def _lemmas(clause: Clause) -> list[str]:
    return [clause.lemma, f"{clause.before} {clause.lemma}"] if clause.before else [clause.lemma]


@lru_cache(maxsize=8192)
def _told(lemma: str) -> list[str]:
    """List the predicates that the frames give a noun or verb."""
    frames = load_frames()
    found = (*frames.by_noun.get(lemma, ()), *frames.by_verb.get(lemma, ()))
    return sorted({f.predicate for f in found})


def _heads(view: View, a: Party, b: Party, pa: Phrase | None, pb: Phrase | None) -> Iterator[str]:
    """Yield what follows each name in its own phrase: "HBM4 공급", "용인 공장"."""
    for role, party, phrase in (("a", a, pa), ("b", b, pb)):
        if phrase is not None:
            key = role, party.start
            if key not in view.heads:  # many pairs share a name
                view.heads[key] = list(_head(view, role, party, phrase))
            yield from view.heads[key]


def _head(view: View, role: str, party: Party, phrase: Phrase) -> Iterator[str]:
    rest = view.between(party.end, phrase.end)
    yield f"h{role}:{rest[-1].form if rest else '-'}"
    for word in rest:
        yield f"hw{role}:{word.form}"
        for kind in _told(word.form):
            yield f"hf{role}:{kind}"
        for sense in word.senses:
            yield f"hs{role}:{sense}"
    before = view.between(max(phrase.outer_start, party.start - 20), party.start)
    yield f"p{role}:{before[-1].form if before else '-'}"
    for sense in before[-1].senses if before else ():
        yield f"ps{role}:{sense}"


def _around(view: View, a: Party, b: Party, order: str, groups: str) -> Iterator[str]:
    """Yield the content words between the two, or before the only one, and those after."""
    later = max(a.start, b.start)
    between = view.between(max(min(a.end, b.end), 0), later)
    if order[0] in "ck":
        order = "f" if a.carried else "r"
        between = between[-_NEAR_WORDS:]
    if len(between) <= _NEAR_WORDS:
        for word in between:
            yield from _inner(word, order, groups)
    else:
        yield "m:far"
    after = view.between(max(a.end, b.end), len(view.scene.text))[:_NEAR_WORDS]
    for at, word in enumerate(after):
        yield from _outer(word, at, order)


def _inner(word: Word, order: str, groups: str) -> Iterator[str]:
    yield f"m:{word.form}|{order}"
    yield f"m:{word.form}|{groups}"
    for kind in _told(word.form):
        yield f"mf:{kind}|{order}"
    for sense in word.senses:
        yield f"ms:{sense}|{order}"
        yield f"ms:{sense}|{groups}"


def _outer(word: Word, at: int, order: str) -> Iterator[str]:
    if at < _NEXT_WORDS:
        yield f"w:{word.form}|{order}"
        for sense in word.senses:
            yield f"ws{at}:{sense}|{order}"
    for kind in _told(word.form):
        yield f"wf:{kind}|{order}"
    for sense in word.senses:
        yield f"ws:{sense}|{order}"
