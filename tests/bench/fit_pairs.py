"""Fit the weights by which pairs of names, and names and quantities, are related.

    python tests/bench/fit_pairs.py [FOLDER] [--write]

Reads the marked passages of ``tests/eval/passages`` (or FOLDER), fits one logistic
regression a relation on four fifths of them, prints how it does on the last fifth beside
the rules alone, then fits on all. ``--write`` keeps the weights in
``extractors/pairs/weights.json``.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from fitting import as_lines, digest, regressions

import extractors.pairs
from extractors.context.scene import Draft, Scene
from extractors.discourse.notes import note
from extractors.pairs.candidates import carried, named, pairs_of, quantities
from extractors.pairs.contest import Likely, Triple, is_open, uncontested
from extractors.pairs.features import Party, View, features, kinds
from extractors.pairs.model import BASE
from extractors.pairs.passages import Marked, Told, load_passages, read_passage
from extractors.pairs.relations import is_allowed
from extractors.prose import drafts

_TARGET = Path(extractors.pairs.__file__).with_name("weights.json")
_PASSAGES = Path(__file__).parents[1] / "eval" / "passages"
_MUTUAL = frozenset({"partnersWith", "competesWith"})
_OF_VALUES = frozenset({"hasMetric", "marketShare", "marketSize", "changesPrice"})
_HOLDS = "hasMetric"
_FOLDS = 5
_LIKELY, _LIKELIER, _GIVEN_UP = 0.7, 0.7, 0.01
"""Of the pairs as likely as that in one sentence, and as that where one is carried from before,
the share that may be given up by their first features."""
_WORTH = 3, 0.04
"""How many pairs of two classes are related at least, and which share of all of them."""
_TRIED = (1, 2, 3)
_STEPS = tuple(round(0.5 + 0.05 * step, 2) for step in range(9))
_PRECISE, _ENOUGH, _FEW, _UNKNOWN = 0.9, 8, 5, 0.9
"""How precise what a label adds must be, on how many pairs; else how likely it must be."""
_FIXED = {"quantities": (0.6, 0.65)}
"""How likely a holder must be who stands in the sentence, and one carried from before."""


@dataclass(slots=True)
class Row:
    """A pair with its features, what holds of it, and what may hold but is not counted.

    ``ends`` are the ids of the two, ``absent`` that of the one carried from before, ``told``
    what the rules say of them, ``closed`` pairs are never asked for, and ``allows`` tells
    which labels the rules leave room for.
    """

    passage: int
    sentence: int
    kinds: str
    features: list[str]
    right: frozenset[str]
    open: frozenset[str]
    ruled: bool
    quantity: str = ""
    ends: tuple[str, str] = ("", "")
    absent: str = ""
    told: frozenset[str] = frozenset()
    closed: bool = False
    allows: Callable[[str], bool] = lambda _: True


@dataclass(slots=True)
class Rows:
    """All pairs of all passages, by task."""

    relations: list[Row] = field(default_factory=list)
    quantities: list[Row] = field(default_factory=list)


def rows_of(folder: Path) -> Rows:
    """Read all passages of a folder into rows."""
    rows, sentence = Rows(), 0
    paths = sorted(folder.glob("*.txt"))
    passages = (passage for path in paths for passage in load_passages(path))
    for number, passage in enumerate(passages):
        for marked, scene in read_passage(passage):
            sentence += 1
            ruled = list(drafts(scene, learned=False))
            for draft in ruled:
                note(scene.discourse, draft)
            view = View(scene)
            here = number, sentence
            rows.relations += _relations(here, marked, view, ruled)
            rows.quantities += _quantities(here, marked, view, ruled)
    return rows


def _relations(
    here: tuple[int, int], marked: Marked, view: View, ruled: Sequence[Draft]
) -> Iterator[Row]:
    told: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for relation in marked.told:
        if relation.object:
            told[relation.subject, relation.object].append(relation)
    known: dict[tuple[str, str], set[str]] = defaultdict(set)
    for draft in ruled:
        if draft.object:
            known[draft.subject.id, draft.object.id].add(draft.predicate)
    triples = [(d.subject.id, d.object.id, d.predicate) for d in ruled if d.object]
    for a, b in _pairs(view.scene):
        ends = a.entity.id, b.entity.id
        forth = told[a.entity.id, b.entity.id]
        back = [t for t in told[b.entity.id, a.entity.id] if t.predicates[0] in _MUTUAL]
        right = frozenset(t.predicates[0] for t in (*forth, *back))
        other = frozenset(p for t in (*forth, *back) for p in t.predicates[1:]) - right
        ruled_too = ends in known or ends[::-1] in known
        absent = ends[0] if a.carried else ends[1] if b.carried else ""
        own, closed = frozenset(known.get(ends, ())), not is_open(view, a, b)
        signs = list(features(view, a, b))
        allows = partial(_allows, view.scene, a, b, triples)
        yield Row(
            *here,
            kinds(a, b),
            signs,
            right,
            other,
            ruled_too,
            "",
            ends,
            absent,
            own,
            closed,
            allows,
        )


def _allows(scene: Scene, a: Party, b: Party, told: Sequence[Triple], label: str) -> bool:
    return is_allowed(scene, a, label, b, told)


def _pairs(scene: Scene) -> list[tuple[Party, Party]]:
    parties = (*named(scene), *carried(scene))
    return pairs_of(parties, parties)


def _quantities(
    here: tuple[int, int], marked: Marked, view: View, ruled: Sequence[Draft]
) -> Iterator[Row]:
    known = {(d.subject.id, _plain(d.value.text)) for d in ruled if d.value}
    for quantity in quantities(view.scene):
        text = _plain(quantity.entity.label)
        told = [t for t in marked.told if t.value and _same(_plain(t.value), text)]
        for holder in (*named(view.scene), *carried(view.scene)):
            key = holder.entity.id
            own = [t for t in told if t.subject == key and t.predicates[0] in _OF_VALUES]
            loose = any(key in (t.subject, t.object) for t in told)
            yield Row(
                *here,
                kinds(holder, quantity),
                list(features(view, holder, quantity)),
                frozenset({_HOLDS}) if own else frozenset(),
                frozenset({_HOLDS}) if loose and not own else frozenset(),
                (key, text) in known,
                f"{quantity.start}",
                (key, ""),
                key if holder.carried else "",
            )


def _plain(text: str) -> str:
    return "".join(text.split()).replace(",", "")


def _same(a: str, b: str) -> bool:
    return a == b or (len(b) > 1 and (a in b or b in a))


def fit(rows: Sequence[Row]) -> dict[str, Any]:
    """Fit one regression a label; return labels and weights as they are kept."""
    worth = _worth(rows)
    rows = [row for row in rows if row.kinds in worth]
    labels, weights = regressions(rows)
    none = [-1e9, -1e9]
    made = {"labels": labels, "kinds": sorted(worth), "floors": none, "weights": weights}
    here, carried = ([r for r in rows if bool(r.absent) == absent] for absent in (False, True))
    return {**made, "floors": [_floor(made, here, _LIKELY), _floor(made, carried, _LIKELIER)]}


def _floor(model: dict[str, Any], rows: Sequence[Row], likely: float) -> float:
    """Return what nearly all pairs so likely in the end reach by their first features."""
    bases = []
    for row in rows:
        if score(model, row)[1] >= likely:
            base = _sums(model, row.features[:BASE])
            bases.append(float(base.max()))
    return round(float(np.quantile(bases, _GIVEN_UP)), 2)


def _sums(model: dict[str, Any], names: Sequence[str]) -> np.ndarray:
    sums = np.zeros(len(model["labels"]))
    for feature in names:
        for label, weight in model["weights"].get(feature, {}).items():
            sums[int(label)] += weight
    return sums


def _worth(rows: Sequence[Row]) -> set[str]:
    """Return the classes of pairs that are related often enough to be judged."""
    total, right = Counter(row.kinds for row in rows), Counter(r.kinds for r in rows if r.right)
    least, share = _WORTH
    return {
        kind for kind, count in right.items() if count >= least and count >= share * total[kind]
    }


def score(model: dict[str, Any], row: Row) -> tuple[str, float]:
    """Return the likeliest label of a row and its probability."""
    if row.kinds not in model["kinds"]:
        return model["labels"][0], 0.0
    if _sums(model, row.features[:BASE]).max() < model["floors"][bool(row.absent)]:
        return model["labels"][0], 0.0
    sums = _sums(model, row.features)
    best = int(sums.argmax())
    return model["labels"][best], float(1 / (1 + np.exp(-sums[best])))


def thresholds(rows: Sequence[Row], task: str) -> tuple[dict[str, float], dict[str, float]]:
    """Return how likely each label must be to be precise on passages that were not fitted.

    First of the pairs that stand in a sentence, then of those one of whom is carried.
    """
    labels = sorted({label for row in rows for label in row.right})
    if task in _FIXED:
        here, carried = _FIXED[task]
        return dict.fromkeys(labels, here), dict.fromkeys(labels, carried)
    told = [item for fold in _TRIED for item in _stand(_held(rows, fold))]
    return _least(told, labels, carried=False), _least(told, labels, carried=True)


def _least(
    told: Sequence[tuple[Row, str, float]], labels: Sequence[str], *, carried: bool
) -> dict[str, float]:
    """Return for each label the least odds from which on enough of what it adds is right."""
    found: dict[str, float] = {}
    for label in labels:
        own = [
            (odds, bool({label} & (row.right | row.open)))
            for row, said, odds in told
            if said == label and bool(row.absent) == carried and odds >= _STEPS[0]
        ]
        few = len(own) < _ENOUGH
        found[label] = (
            _UNKNOWN if few else next((s for s in _STEPS if _is_precise(own, s)), _STEPS[-1])
        )
    return found


def _stand(judged: Iterable[tuple[Row, str, float]]) -> Iterator[tuple[Row, str, float]]:
    """Yield what the weights add, without who is carried from before where another fits."""
    sentences: dict[int, list[tuple[Row, str, float]]] = defaultdict(list)
    for item in judged:
        sentences[item[0].sentence].append(item)
    for items in sentences.values():
        told = [(*row.ends, label) for row, _, _ in items for label in row.told]
        able = {
            Likely(*row.ends, label, odds, row.absent): (row, label, odds)
            for row, label, odds in items
            if not row.ruled and not row.closed and odds >= _STEPS[0] and row.allows(label)
        }
        yield from (able[it] for it in uncontested(able, told))


def _is_precise(told: Sequence[tuple[float, bool]], step: float) -> bool:
    kept = [right for odds, right in told if odds >= step]
    return len(kept) >= _FEW and sum(kept) >= _PRECISE * len(kept)


def _held(rows: Sequence[Row], fold: int) -> list[tuple[Row, str, float]]:
    """Fit on all but a fifth; return what the model says of that fifth."""
    model = fit([row for row in rows if row.passage % _FOLDS != fold])
    return [(r, *score(model, r)) for r in rows if r.passage % _FOLDS == fold]


Wanted = tuple[dict[str, float], dict[str, float]]


def judged(rows: Sequence[Row], wanted: Wanted) -> dict[str, float]:
    """Fit on four fifths of the passages and measure the last fifth.

    ``recall`` counts the pairs that rules or weights find, ``ruled`` those of the rules
    alone; ``precision`` is that of what the weights add.
    """
    said = _held(rows, 0)
    quantities = any(row.quantity for row in rows)
    able = _likeliest_holders(said) if quantities else list(_stand(said))
    added = [
        bool({label} & (row.right | row.open))
        for row, label, odds in able
        if odds >= wanted[bool(row.absent)].get(label, 1.0)
    ]
    held = {(r.sentence, r.quantity or r.ends) for r, _, _ in said if r.right}
    ruled = {(r.sentence, r.quantity or r.ends) for r, _, _ in said if r.right and r.ruled}
    found = len(ruled) + sum(
        bool({label} & row.right) and odds >= wanted[bool(row.absent)].get(label, 1.0)
        for row, label, odds in able
    )
    return {
        "pairs": len(held),
        "recall_ruled": round(len(ruled) / len(held), 3),
        "recall": round(found / len(held), 3),
        "precision_added": round(sum(added) / max(len(added), 1), 3),
    }


def _likeliest_holders(said: Iterable[tuple[Row, str, float]]) -> list[tuple[Row, str, float]]:
    """Return the likeliest holder of each quantity that the rules give to nobody."""
    groups: dict[tuple[int, str], list[tuple[Row, str, float]]] = defaultdict(list)
    for item in said:
        groups[item[0].sentence, item[0].quantity].append(item)
    return [
        max(group, key=lambda item: item[2])
        for group in groups.values()
        if not any(row.ruled for row, _, _ in group)
    ]


def main() -> None:
    """Fit, print the figures, write the weights when asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=_PASSAGES)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    rows = rows_of(given.folder)
    made: dict[str, Any] = {"passages": digest(given.folder)}
    for task, own in (("relations", rows.relations), ("quantities", rows.quantities)):
        wanted = thresholds(own, task)
        figures = judged(own, wanted)
        print(task, json.dumps(figures), *map(json.dumps, wanted), flush=True)
        kept = {"held_out": figures, "thresholds": wanted[0], "carried": wanted[1]}
        made[task] = {**kept, **fit(own)}
    if given.write:
        _TARGET.write_text(_lines(made), encoding="utf-8")
        print(f"wrote {_TARGET.name}: {_TARGET.stat().st_size // 1024} KiB")


def _lines(made: dict[str, Any]) -> str:
    keys = ("held_out", "thresholds", "carried", "labels", "kinds", "floors")
    tasks = [as_lines(task, made[task], keys) for task in ("relations", "quantities")]
    return "{\n" + ",\n".join([f'"passages": {json.dumps(made["passages"])}', *tasks]) + "\n}\n"


if __name__ == "__main__":
    main()
