"""What tells the relation of two names: classes, particles, the verbs and nouns around them.

Every feature is a short string; what each weighs for each relation is learned from
marked passages (``tests/eval/passages``) and kept in ``weights.json``. They are made in
parts, each of which depends on little, so that it is made once for many pairs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from extractors.context.scene import Scene
from extractors.figures.holders import phrase_at
from extractors.language.phrases import Clause, Phrase
from extractors.language.senses import senses_of, senses_of_lemma
from extractors.lexicon.frame_data import load_frames
from extractors.weights import Part, Sums, made
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


class Party(NamedTuple):
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


_NO_WORD = Word("-", -1, ())


@dataclass(slots=True)
class View:
    """A sentence as the features see it; made once for all its pairs."""

    scene: Scene
    cases: dict[int, str] = field(default_factory=dict)
    governors: dict[int, list[tuple[Clause, str]]] = field(default_factory=dict)
    heads: dict[tuple[str, int], list[Part]] = field(default_factory=dict)
    after: dict[tuple[int, str], list[Part]] = field(default_factory=dict)
    sums: dict[tuple[int, int], Sums] = field(default_factory=dict)
    _words: list[Word] | None = None
    _starts: list[int] = field(default_factory=list)
    _phrases: dict[int, Phrase | None] = field(default_factory=dict)
    _cases_at: dict[int, str] = field(default_factory=dict)
    _subjects: set[str] | None = None
    _led: bool | None = None
    _stranger: bool | None = None

    def __post_init__(self) -> None:
        """List the case of each phrase and what governs it."""
        for phrase in self.scene.parsed.phrases:
            part: Phrase | None = phrase
            while part is not None:
                self.cases[id(part)] = phrase.case
                part = part.joined
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
            if not (told and any(c is clause for c, _ in told)):
                told.append((clause, case))
            if part.owner is not None:
                self._govern(part.owner, clause, case + "'s")

    def phrase_of(self, party: Party) -> Phrase | None:
        """Return the noun phrase a name stands in, if it stands in the sentence."""
        return self._phrase_at(party.start) if party.start >= 0 else None

    def _phrase_at(self, start: int) -> Phrase | None:
        if start not in self._phrases:
            self._phrases[start] = phrase_at(self.scene, start)
        return self._phrases[start]

    def case_of(self, party: Party) -> str:
        """Return the case of the phrase a name stands in, or what it is carried as."""
        start = party.start
        if start not in self._cases_at:
            phrase = self.phrase_of(party)
            self._cases_at[start] = self.cases.get(id(phrase), "-") if phrase else ""
        return self._cases_at[start] or party.carried

    def subjects(self) -> set[str]:
        """Return the ids of the names that are topic or subject of the sentence."""
        if self._subjects is None:
            told = ((e.id, id(self._phrase_at(start))) for e, start, _ in self.scene.names)
            leading = ("topic", "subject")
            self._subjects = {who for who, phrase in told if self.cases.get(phrase) in leading}
        return self._subjects

    def is_led(self) -> bool:
        """Tell whether the sentence has a topic or subject of its own."""
        if self._led is None:
            phrases = self.scene.parsed.phrases
            self._led = any(p.leads for p in phrases)
        return self._led

    def is_of_stranger(self) -> bool:
        """Tell whether topic or subject is somebody whose name nobody knows: "볼티모라는"."""
        if self._stranger is None:
            led = [p for p in self.scene.parsed.phrases if p.leads]
            unnamed = [p for p in led if not self.scene.named_in(p.outer_start, p.end)]
            self._stranger = any(
                t.tag == "NNP" and p.start <= t.start and t.end == p.end
                for p in unnamed
                for t in self.scene.tokens
            )
        return self._stranger

    def between(self, start: int, end: int) -> list[Word]:
        """List the content words in a range, but those of names."""
        if self._words is None:  # of sentences whose pairs are all hopeless nobody asks
            taken = {at for _, first, last in self.scene.names for at in range(first, last)}
            self._words = [
                Word(t.form, t.start, senses_of(t.form, t.tag))
                for t in self.scene.tokens
                if t.tag in _CONTENT and t.start not in taken
            ]
            self._starts = [word.start for word in self._words]
        return self._words[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


def kinds(a: Party, b: Party) -> str:
    """Return the classes of a pair: "Company>Chip"."""
    return f"{a.entity.cls}>{b.entity.cls}"


def features(view: View, a: Party, b: Party) -> Iterator[str]:
    """Yield the features of an ordered pair, one of which at least stands in the sentence."""
    parts = (base(view, a, b), *own(view, a, b), *chain.from_iterable(shared(view, a, b)))
    return chain.from_iterable(map(made, parts))


def base(view: View, a: Party, b: Party) -> Part:
    """Return the first part, which tells what many pairs have in common."""
    return _base, a.kind, b.kind, _order(a, b), view.case_of(a), view.case_of(b)


def own(view: View, a: Party, b: Party) -> list[Part]:
    """List the parts that depend on both: how near they are, what governs and parts them."""
    order, groups = _order(a, b), f"{a.group}>{b.group}"
    return [
        *_nearness(view, a, b, order, groups),
        *_governed(view, view.phrase_of(a), view.phrase_of(b), order, groups),
        *_between(view, a, b, order, groups),
    ]


def shared(view: View, a: Party, b: Party) -> Iterator[list[Part]]:
    """Yield parts that come again with other pairs of the sentence, as the same lists."""
    for role, party in (("a", a), ("b", b)):
        phrase = view.phrase_of(party)
        if phrase is not None:
            key = role, party.start
            if key not in view.heads:
                view.heads[key] = list(_head(view, role, party, phrase))
            yield view.heads[key]
    order = _order(a, b)
    if order[0] in "ck":
        order = "f" if a.carried else "r"
    yield _after(view, max(a.end, b.end), order)


def _base(kind_a: str, kind_b: str, order: str, case_a: str, case_b: str) -> tuple[str, ...]:
    types = f"{kind_a}>{kind_b}"
    groups = f"{_KINDS.get(kind_a, kind_a)}>{_KINDS.get(kind_b, kind_b)}"
    return (
        "bias",
        f"t:{types}",
        f"o:{order}",
        f"og:{order}|{groups}",
        f"ot:{order}|{types}",
        f"ca:{case_a}|{order}",
        f"cb:{case_b}|{order}",
        f"cab:{case_a}|{case_b}|{order}",
        f"cabg:{case_a}|{case_b}|{order}|{groups}",
    )


def _order(a: Party, b: Party) -> str:
    """Tell which of the two is carried from before, and as what, else which stands first."""
    if a.carried:
        return "c" + a.carried
    if b.carried:
        return "k" + b.carried
    return "f" if a.start < b.start else "r"


def _nearness(view: View, a: Party, b: Party, order: str, groups: str) -> list[Part]:
    if a.carried or b.carried:
        return [(_own, view.is_led(), order, groups)]
    first, second = (a, b) if a.start < b.start else (b, a)
    gap = view.scene.text[first.end : second.start]
    names = min(len([n for n in view.scene.names if first.end <= n[1] < second.start]), 4)
    apart: Part = _apart, names, min(len(gap) // 8, 6), order, groups
    return [apart] if len(gap) > _LONGEST_GAP else [apart, (_gap, gap, order, groups, kinds(a, b))]


def _own(led: bool, order: str, groups: str) -> tuple[str, ...]:
    return f"own:{led}|{order[0]}", f"own:{led}|{groups}"


def _apart(names: int, far: int, order: str, groups: str) -> tuple[str, ...]:
    return f"n:{names}|{order}", f"n:{names}|{order}|{groups}", f"d:{far}|{order}"


def _gap(gap: str, order: str, groups: str, types: str) -> tuple[str, ...]:
    by = f"gap:{gap}|{order}"
    return by, f"{by}|{groups}", f"{by}|{types}"


def _governed(
    view: View, pa: Phrase | None, pb: Phrase | None, order: str, groups: str
) -> list[Part]:
    """List the predicates that the two share."""
    over_b = view.governors.get(id(pb), []) if pb else []
    over_a = view.governors.get(id(pa), []) if pa else []
    found: list[Part] = []
    if pa is not None and pa is pb:
        found.append((_same, order, groups))
    shared = False
    for clause, case in over_b or over_a:
        other = next((c for k, c in over_a if k is clause), None)
        if order[0] in "ck":  # who is not named is read like a topic that is
            other = "topic" if clause.subject is None and clause.topic is None else "else"
        if other is not None:
            shared = True
            roles = f"{case}|{other}" if order[0] == "k" else f"{other}|{case}"
            found.append((_lemma, clause.lemma, roles, groups))
            if clause.before:
                found.append((_lemma, f"{clause.before} {clause.lemma}", roles, groups))
            found.append((_predicate, clause.lemma, roles, clause.voice, clause.ending, groups))
    found.append((_shared, shared, order))
    return found


def _same(order: str, groups: str) -> tuple[str, ...]:
    return f"same:{order}", f"same:{order}|{groups}"


def _shared(shared: bool, order: str) -> tuple[str, ...]:
    return (f"sh:{shared}|{order}",)


def _lemma(lemma: str, roles: str, groups: str) -> tuple[str, ...]:
    """Tell a predicate whose arguments are both, and their roles."""
    return f"l:{lemma}", f"l:{lemma}|{roles}", f"l:{lemma}|{groups}"


def _predicate(lemma: str, roles: str, voice: str, ending: str, groups: str) -> list[str]:
    """Tell what the frames and the senses know of a predicate whose arguments are both."""
    told = [f"lc:{roles}|{voice}|{ending}"]
    for kind in _told(lemma):
        told += f"f:{kind}|{roles}|{voice}", f"f:{kind}|{groups}"
    for sense in senses_of_lemma(lemma):
        told += f"s:{sense}|{roles}|{voice}", f"s:{sense}|{groups}"
    return told


@lru_cache(maxsize=8192)
def _told(lemma: str) -> list[str]:
    """List the predicates that the frames give a noun or verb."""
    frames = load_frames()
    found = (*frames.by_noun.get(lemma, ()), *frames.by_verb.get(lemma, ()))
    return sorted({f.predicate for f in found})


def _head(view: View, role: str, party: Party, phrase: Phrase) -> Iterator[Part]:
    """Yield what stands beside a name in its own phrase: "HBM4 공급", "용인 공장"."""
    rest = view.between(party.end, phrase.end)
    yield _last, role, rest[-1].form if rest else "-"
    for word in rest:
        yield _behind, word.form, word.senses, role
    before = view.between(max(phrase.outer_start, party.start - 20), party.start)
    word = before[-1] if before else _NO_WORD
    yield _preceding, word.form, word.senses, role


def _last(role: str, form: str) -> tuple[str, ...]:
    return (f"h{role}:{form}",)


def _behind(form: str, senses: tuple[str, ...], role: str) -> tuple[str, ...]:
    known = (f"hf{role}:{kind}" for kind in _told(form))
    return (f"hw{role}:{form}", *known, *(f"hs{role}:{sense}" for sense in senses))


def _preceding(form: str, senses: tuple[str, ...], role: str) -> tuple[str, ...]:
    return (f"p{role}:{form}", *(f"ps{role}:{sense}" for sense in senses))


def _between(view: View, a: Party, b: Party, order: str, groups: str) -> list[Part]:
    """List the content words between the two, or before the only one."""
    between = view.between(max(min(a.end, b.end), 0), max(a.start, b.start))
    if order[0] in "ck":
        order = "f" if a.carried else "r"
        between = between[-_NEAR_WORDS:]
    if len(between) > _NEAR_WORDS:
        return [(_far,)]
    return [(_inner, word.form, word.senses, order, groups) for word in between]


def _far() -> tuple[str, ...]:
    return ("m:far",)


def _inner(form: str, senses: tuple[str, ...], order: str, groups: str) -> list[str]:
    told = [f"m:{form}|{order}", f"m:{form}|{groups}"]
    told += [f"mf:{kind}|{order}" for kind in _told(form)]
    for sense in senses:
        told += f"ms:{sense}|{order}", f"ms:{sense}|{groups}"
    return told


def _after(view: View, end: int, order: str) -> list[Part]:
    """List the content words after the two."""
    if (end, order) not in view.after:
        words = view.between(end, len(view.scene.text))[:_NEAR_WORDS]
        view.after[end, order] = [
            (_outer, word.form, word.senses, min(at, _NEXT_WORDS), order)
            for at, word in enumerate(words)
        ]
    return view.after[end, order]


def _outer(form: str, senses: tuple[str, ...], at: int, order: str) -> list[str]:
    told = []
    if at < _NEXT_WORDS:
        told = [f"w:{form}|{order}", *(f"ws{at}:{sense}|{order}" for sense in senses)]
    told += [f"wf:{kind}|{order}" for kind in _told(form)]
    told += [f"ws:{sense}|{order}" for sense in senses]
    return told
