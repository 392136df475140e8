"""Fit the weights by which unknown words are told to be names, and of which class.

    python tests/bench/fit_names.py [FOLDER] [--write]

Reads the marked passages of ``tests/eval/passages`` (or FOLDER). Five times a fifth of them
is held out, with every name in it: no row of those names is fitted on. Prints how many of
the names that the lexicon lacks the rules alone find there and how many rules and weights,
then fits on all. ``--write`` keeps the weights in ``extractors/names/naming/weights.json``.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fitting import as_lines, digest, regressions

from extractors.language.words import is_common
from extractors.lexicon.name_index import fold
from extractors.lexicon.store import load_lexicon
from extractors.names.name_patterns import patterns
from extractors.names.names import Names
from extractors.names.naming.candidates import Candidate, candidates, stems, words_of
from extractors.names.naming.features import View, around, listed, looks
from extractors.names.naming.finder import FILE, GROUPS, NO_NAMES, NameModel, Weights
from extractors.pairs.passages import Marked, load_passages
from kg.claim import Entity

_PASSAGES = Path(__file__).parents[1] / "eval" / "passages"
_FOLDS = 5
_SEEN = 3
_STRENGTH = 1.0
_OFTEN = 3
"""A word that is no name so many times, or once and a common noun, is none by itself."""
THRESHOLDS = {"names": (0.82, 0.72), "classes": (0.77, 0.67)}
"""How sure a name must be that is seen once, and one that is seen again: firms, all others."""

Ranges = Sequence[tuple[Entity, int, int]]


@dataclass(slots=True)
class Row:
    """A candidate: its features, and what it is."""

    key: str
    features: list[str]
    right: frozenset[str]
    open: frozenset[str] = field(default_factory=frozenset)


class Fitting:
    """Reads passages into rows and fits them; names of a passage are found by the lexicon."""

    def __init__(self) -> None:
        self._lexicon = Names(load_lexicon(), model=NO_NAMES)

    def known(self, text: str) -> Ranges:
        """Return the names of a sentence that the lexicon has."""
        return self._lexicon.find(text)

    def rows(self, passages: Sequence[list[Marked]], common: Collection[str]) -> Iterator[Row]:
        """Yield all candidates, beside the names of the lexicon and as if it had none."""
        for marked in (marked for passage in passages for marked in passage):
            told = {(start, end): entity.cls for entity, start, end in marked.names}
            words = words_of(marked.text)
            for named in (self.known(marked.text), ()):
                view = View(marked.text, words, named, common)
                taken = [(start, end) for _, start, end in named]
                for it in candidates(marked.text, words, taken, common):
                    yield _row(view, it, told.get((it.start, it.end)))

    def unknown(self, passage: Sequence[Marked]) -> Iterator[tuple[int, int, int, str]]:
        """Yield the marked names that the lexicon lacks: sentence, range, class."""
        for number, marked in enumerate(passage):
            known = {(start, end) for _, start, end in self.known(marked.text)}
            for entity, start, end in marked.names:
                if (start, end) not in known and entity.cls != "Concept":
                    yield number, start, end, entity.cls

    def model(self, passages: Sequence[list[Marked]], held: Collection[str] = ()) -> dict[str, Any]:
        """Fit both regressions on passages, without the names that are ``held`` out."""
        common = common_words(passages)
        rows = [row for row in self.rows(passages, common) if row.key not in held]
        classes = [row for row in rows if row.right]
        names = [Row(r.key, r.features, _is_name(r), r.open) for r in rows]
        fitted = {
            "names": regressions(names, seen=_SEEN),
            "classes": regressions(classes, seen=_SEEN, strength=_STRENGTH),
        }
        made: dict[str, Any] = {
            task: {"labels": labels, "weights": weights}
            for task, (labels, weights) in fitted.items()
        }
        return {"common": sorted(common_words(passages, 1)), **made}


def _is_name(row: Row) -> frozenset[str]:
    return frozenset({"name"} if row.right else ())


def _row(view: View, it: Candidate, cls: str | None) -> Row:
    features = [*looks(it.name), *around(view, it), *listed(it.name)]
    right = frozenset({cls} if cls and cls != "Concept" else ())
    return Row(fold(it.name), features, right, frozenset({"name"} if cls == "Concept" else ()))


def common_words(passages: Sequence[list[Marked]], often: int = _OFTEN) -> set[str]:
    """Return the Korean words of passages that are no names there.

    Those that are there less ``often`` must be common nouns. Rows are made without the
    words that often are none nor parts of any, so that the weights tell the rest; later all
    are left out.
    """
    counted: Counter[str] = Counter()
    named: set[str] = set()
    for marked in (marked for passage in passages for marked in passage):
        taken = [(start, end) for _, start, end in marked.names]
        for _, start, end in marked.names:
            named.add(marked.text[start:end])
            if often > 1:
                named.update(marked.text[start:end].split())
        for word in words_of(marked.text):
            if not any(s < word.end and word.start < e for s, e in taken):
                counted.update(stem for stem, _ in stems(word.text))
    return {
        word
        for word, times in counted.items()
        if word not in named
        and re.fullmatch(r"[가-힣]{2,}", word)
        and (times >= often or is_common(word))
    } | patterns().loanwords


def as_model(made: dict[str, Any]) -> NameModel:
    """Make a model of fitted weights as it is made of the file."""
    names, classes = (
        Weights(tuple(made[task]["labels"]), THRESHOLDS[task], made[task]["weights"])
        for task in ("names", "classes")
    )
    return NameModel.of(names, classes, made["common"])


def judged(fitting: Fitting, passages: Sequence[list[Marked]]) -> dict[str, float]:
    """Hold out each fifth in turn; count names that the lexicon lacks, by passage.

    ``span`` and ``right`` are the shares of added mentions whose range, and whose range and
    group of classes, are right.
    """
    counted: Counter[str] = Counter()
    for turn in range(_FOLDS):
        held = [p for n, p in enumerate(passages) if n % _FOLDS == turn]
        keys = {fold(m.text[s:e]) for p in held for m in p for _, s, e in m.names}
        rest = [p for n, p in enumerate(passages) if n % _FOLDS != turn]
        model = as_model(fitting.model(rest, keys))
        for passage in held:
            counted.update(_compared(fitting, passage, model))
    return {
        "names": counted["names"],
        "recall_ruled": round(counted["ruled"] / counted["names"], 3),
        "recall": round(counted["found"] / counted["names"], 3),
        "added": counted["added"],
        "span": round(counted["span"] / counted["added"], 3),
        "right": round(counted["right"] / counted["added"], 3),
    }


def _compared(fitting: Fitting, passage: list[Marked], model: NameModel) -> Iterator[str]:
    """Yield what is to be counted of one passage."""
    texts = [marked.text for marked in passage]
    wanted = {(n, s, e): cls for n, s, e, cls in fitting.unknown(passage)}
    ruled, found = (
        {(n, s, e): entity.cls for n, text in enumerate(texts) for entity, s, e in names.find(text)}
        for names in (Names(load_lexicon(), texts, model=used) for used in (NO_NAMES, model))
    )
    told = {(n, s, e): x.cls for n, m in enumerate(passage) for x, s, e in m.names}
    keys = {fold(texts[n][s:e]) for n, s, e in wanted}
    yield from ("names" for _ in keys)
    for kind, spans in (("ruled", ruled), ("found", found)):
        hit = {
            fold(texts[n][s:e])
            for (n, s, e), c in wanted.items()
            if _alike(spans.get((n, s, e)), c)
        }
        yield from (kind for _ in hit)
    for place in found.keys() - ruled.keys():
        yield "added"
        if place in told:
            yield "span"
        if place in told and _alike(found[place], told[place]):
            yield "right"


def _alike(one: str | None, other: str) -> bool:
    return one is not None and GROUPS.get(one, one) == GROUPS.get(other, other)


def main() -> None:
    """Fit, print the figures, write the weights when asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=_PASSAGES)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    passages = [p for path in sorted(given.folder.glob("*.txt")) for p in load_passages(path)]
    fitting = Fitting()
    figures = judged(fitting, passages)
    print(json.dumps(figures))
    made = {"passages": digest(given.folder), "held_out": figures, **fitting.model(passages)}
    if given.write:
        FILE.write_text(_lines(made), encoding="utf-8")
        print(f"wrote {FILE.name}: {FILE.stat().st_size // 1024} KiB")


def _lines(made: dict[str, Any]) -> str:
    parts = [f'"{key}": {json.dumps(made[key])}' for key in ("passages", "held_out")]
    parts.append(f'"common": {json.dumps(" ".join(made["common"]), ensure_ascii=False)}')
    for task, wanted in THRESHOLDS.items():
        fitted = {"thresholds": wanted, **made[task]}
        parts.append(as_lines(task, fitted, ("thresholds", "labels")))
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    main()
