"""What tells a name: how it looks, its particle, gloss and quotes, the words and names beside it.

Every feature is a short string; what each weighs is learned from marked passages
(``tests/eval/passages``) and kept in ``weights.json``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.language.senses import senses_of_lemma
from extractors.language.words import noun_tags
from extractors.lexicon.frame_data import load_frames
from extractors.names.descriptions import kinds_of_noun
from extractors.names.name_patterns import patterns
from extractors.names.naming.candidates import Candidate, Word, stems
from kg.claim import Entity

_RUNS = (
    (re.compile(r"[가-힣]+"), "가"),
    (re.compile(r"[A-Z]{2,}"), "AA"),
    (re.compile(r"[A-Z]"), "A"),
    (re.compile(r"[a-z]+"), "a"),
    (re.compile(r"\d+"), "9"),
)
_FAR = 4
_NEAR = 3
_LONGEST = 8


@dataclass(slots=True)
class View:
    """A sentence as the features see it; made once for all its candidates."""

    text: str
    words: Sequence[Word]
    named: Sequence[tuple[Entity, int, int]]
    common: Collection[str] = ()

    def before(self, number: int) -> str:
        """Return the word before a word, without its particle, or the mark of the start."""
        return _bare(self.words[number].text) if number >= 0 else "^"

    def after(self, number: int) -> str:
        """Return the word at a number, without its particle, or the mark of the end."""
        return _bare(self.words[number].text) if number < len(self.words) else "$"


@lru_cache(maxsize=8192)
def _bare(word: str) -> str:
    return stems(word)[0][0]


@lru_cache(maxsize=8192)
def _kinds(word: str) -> tuple[str, ...]:
    """List what the data files tell of a word: a title, a kind of firm or thing, a deed."""
    p, bare = patterns(), _bare(word)
    found = {f"c:{cls}" for cls in (p.classes.get(bare), p.introducing.get(bare)) if cls}
    found |= {f"d:{cls}" for cls in kinds_of_noun(bare)}
    if bare in p.titles:
        found.add("title")
    frames = load_frames()
    for noun in (bare, bare[:2]):
        told = (*frames.by_noun.get(noun, ()), *frames.by_verb.get(noun, ()))
        found |= {f"f:{frame.predicate}" for frame in told}
        found |= {f"s:{sense}" for sense in senses_of_lemma(noun)}
    return tuple(sorted(found))


def looks(name: str) -> list[str]:
    """List what the letters of a name tell: shape, length, first and last syllables."""
    return list(_looks(name))


@lru_cache(maxsize=8192)
def _looks(name: str) -> tuple[str, ...]:
    shape, p = name, patterns()
    for run, mark in _RUNS:
        shape = run.sub(mark, shape)
    parts = name.split()
    last, first = parts[-1], parts[0]
    found = [
        f"sh:{shape}" if len(shape) < 10 else "sh:long",
        f"n:{min(len(name), _LONGEST)}|{len(parts)}|{last[-1] >= '가'}",
    ]
    found += [f"e{n}:{last[-n:].lower()}" for n in (1, 2, 3, 4) if len(last) >= n]
    found += [f"b{n}:{first[:n].lower()}" for n in (1, 2) if len(first) >= n]
    found += [f"c:{char}" for char in dict.fromkeys(name) if "가" <= char <= "힣"]
    found += [f"cc:{name[at : at + 2]}" for at in range(len(name) - 1) if name[at] >= "가"]
    found += [f"kind:{kind}" for kind in _kinds(last)]
    found += [
        f"ends:{p.suffix_classes[last[at:]]}"
        for at in range(1, len(last))
        if last[at:] in p.suffix_classes
    ][:1]
    if len(parts) > 1:
        found += [f"fw:{first.lower()}", f"lw:{last.lower()}", f"lf:{len(first)}|{len(last)}"]
    elif len(name) == 3 and name[0] in p.surnames and name[-1] >= "가":
        found.append("surnamed")
    return tuple(found)


def listed(name: str) -> list[str]:
    """List what the dictionary tells of a name's words; dear, so asked of few."""
    found = []
    for number, word in enumerate(name.split()):
        if re.fullmatch(r"[가-힣]+", word):
            tags = noun_tags(word)
            found.append(f"k{int(number > 0)}:{tags}")
            found.append(f"k{int(number > 0)}:{tags}|{min(len(word), 5)}")
    return found


def around(view: View, it: Candidate) -> Iterator[str]:
    """Yield what stands around a candidate: particle, marks, words, names."""
    text, many = view.text, it.last > it.first
    before, after = text[it.start - 1 : it.start] if it.start else "^", text[it.end : it.end + 1]
    yield "bias"
    particle = it.particle or (
        "" if it.end >= len(text) else after if not after.isalnum() else "glued"
    )
    yield f"p:{particle}"
    yield f"p:{particle}|{many}"
    yield f"l:{before}|{many}"
    if it.quoted:
        yield "quoted"
        yield f"q:{before}{len(it.name.split())}"
    if text[it.end : it.end + 1] == "(":
        yield from _gloss(text[it.end + 1 : it.end + 40])
    left, right = view.before(it.first - 1), view.after(it.last + 1)
    yield f"w-1:{left}"
    yield f"w-1e:{left[-2:]}"
    yield f"w+1:{right}"
    yield f"w+1b:{right[:2]}"
    yield f"w+1b:{right[:2]}|{particle}"
    yield f"w2:{left[-2:]}|{right[:2]}"
    words = view.words
    for number in range(max(0, it.first - _NEAR), it.first):
        if number < it.first - 1:
            yield f"w-n:{_bare(words[number].text)[-2:]}"
        at = "k-1" if number == it.first - 1 else "k-n"
        for kind in _kinds(words[number].text):
            yield f"{at}:{kind}"
    for number in range(it.last + 1, min(it.last + 2 + _FAR, len(words))):
        if number > it.last + 1:
            yield f"w+n:{_bare(words[number].text)[:2]}"
        at = "k+1" if number == it.last + 1 else "k+n"
        for kind in _kinds(words[number].text):
            yield f"{at}:{kind}"
            yield f"{at}:{kind}|{particle}"
    if view.words:
        yield f"end:{view.words[-1].text[:2]}"
    yield f"u-1:{_familiar(view, it.first - 1)}"
    yield f"u+1:{_familiar(view, it.last + 1)}"
    yield from _beside(view, it)


def _familiar(view: View, number: int) -> str:
    """Tell of a word beside a candidate whether it is a common one, and if a particle ends it."""
    if not 0 <= number < len(view.words):
        return ""
    word = view.words[number]
    if any(start < word.end and word.start < end for _, start, end in view.named):
        return "known"
    bare = _bare(word.text)
    near = view.text[word.end : word.end + 1]
    return f"{bare in view.common}|{bare != word.text}|{near if near != ' ' else ''}"


def _gloss(rest: str) -> Iterator[str]:
    inner = rest.split(")", 1)[0]
    kind = "A" if inner.isupper() else "a" if inner.isascii() else "H"
    kind = "9" if re.fullmatch(r"[\d.\-+%,]+", inner) else kind
    yield f"g:{kind}{len(inner.split())}"
    yield "g"


def _beside(view: View, it: Candidate) -> Iterator[str]:
    """Yield the classes of the known names next to a candidate, and what is between."""
    for entity, start, end in view.named:
        if 0 <= it.start - end <= _FAR:
            yield f"k-1:{entity.cls}|{view.text[end : it.start]}"
            yield f"k-1:{entity.cls}"
        elif 0 <= start - it.end <= _FAR:
            yield f"k+1:{entity.cls}|{view.text[it.end : start]}"
            yield f"k+1:{entity.cls}"
