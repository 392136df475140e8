"""Fit the weights by which sentences and table rows are chosen to answer questions.

    python tests/bench/fit_weights.py [--also REPORT GOLD]... [--write]

Three models over the signs of ``agent/evidence/fitness.py``: which units to look at closely
("first") and which of those answers ("rank"), both by the softmax of the units that
hold the gold's answer among all that were found; and how likely the best answers at
all ("sure"), by logistic regression against the questions that have no answer. The
sample corpus is one workspace, each report given with its gold file another.
``--write`` keeps the weights in ``agent/weights.yaml``.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

import agent
from agent.answerer import Answerer
from agent.evaluation.gold import GoldQuestion, load_gold
from agent.evaluation.matching import answer_matches
from agent.evidence.fitness import CHEAP, CLOSE
from agent.evidence.quotes import Considered
from agent.evidence.weighing import SURE, named, together
from agent.ingest import ingest
from agent.questions.question import Question
from corpus import sample_reports
from kg.workspace import Workspace

Array = np.ndarray
_ROOT = Path(__file__).parents[2]
_TARGET = Path(agent.__file__).with_name("weights.yaml")
_HEAD = """# Weights of the signs by which sentences and table rows are chosen to answer questions.
# Written by tests/bench/fit_weights.py; what each sign is: agent/evidence/fitness.py.
"""


@dataclass(frozen=True)
class Item:
    """A gold question with the signs (n, d) of its units and which of them hold the answer."""

    gold: GoldQuestion
    question: Question
    signs: Array
    right: Array
    texts: tuple[str, ...]


def items(folder: Path, reports: Sequence[Path], gold: Sequence[Path]) -> Iterator[Item]:
    """Yield the questions of gold files over a workspace made of ``reports``."""
    ingest(Workspace(folder), list(reports))
    answerer = Answerer(Workspace(folder).generation())
    for each in (question for path in gold for question in load_gold(path).questions):
        if not each.conversation and each.type != "summary":
            question, considered = answerer.considered(each.question)
            if considered:
                yield _item(each, question, considered)


def _item(gold: GoldQuestion, question: Question, considered: Sequence[Considered]) -> Item:
    texts = tuple(c.unit.text for c in considered)
    right = np.array([not gold.abstain and answer_matches(gold, text) for text in texts])
    return Item(gold, question, np.array([c.signs for c in considered]), right, texts)


def softmax_fit(chosen: Sequence[tuple[Array, Array]], decay: float = 0.005) -> Array:
    """Fit weights (d,) that raise the right units (bool, n) of each question over the others."""
    weights = np.zeros(chosen[0][0].shape[1])
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, 801):
        slope = decay * weights
        for signs, right in chosen:
            scores = signs @ weights
            share = np.exp(scores - scores.max())
            share /= share.sum()
            good = share * right
            slope = slope + signs.T @ (share - good / good.sum()) / len(chosen)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        rate = 0.1 if step < 500 else 0.02
        scale = np.sqrt(square / (1 - 0.99**step)) + 1e-8
        weights = weights - rate * mean / (1 - 0.9**step) / scale
    return weights


def logistic_fit(signs: Array, truth: Array, decay: float = 0.003, against: float = 3.0) -> Array:
    """Fit weights (d,) of a logistic regression; ``against`` weighs the unanswerable."""
    weights = np.zeros(signs.shape[1])
    share = np.where(truth, 1.0, against)
    share /= share.sum()
    for _ in range(60):
        chance = 1 / (1 + np.exp(-signs @ weights))
        slope = signs.T @ (share * (chance - truth)) + decay * weights
        curve = (signs.T * (share * chance * (1 - chance) + 1e-9)) @ signs
        weights = weights - np.linalg.solve(curve + decay * np.eye(len(weights)), slope)
    return weights


def sure_signs(item: Item, rank: Array) -> list[float]:
    """Return the signs of ``SURE`` of the best unit of a question."""
    scores = item.signs @ rank
    order = np.argsort(-scores)
    lead = float(scores[order[0]] - scores[order[1]]) if len(order) > 1 else 3.0
    best = named([float(s) for s in item.signs[order[0]]])
    question = item.question
    return together(best, float(scores[order[0]]), lead, question.kind, question.language)


def fitted(every: Sequence[Item]) -> dict[str, dict[str, float]]:
    """Fit all three models."""
    taught = [item for item in every if item.right.any()]
    first = softmax_fit([(item.signs[:, : len(CHEAP)], item.right) for item in taught])
    rank = softmax_fit([(item.signs, item.right) for item in taught])
    signs = np.array([sure_signs(item, rank) for item in every])
    truth = np.array([not item.gold.abstain for item in every])
    sure = logistic_fit(signs, truth)
    named = {"first": (CHEAP, first), "rank": ((*CHEAP, *CLOSE), rank), "sure": (SURE, sure)}
    return {
        name: {sign: round(float(w), 3) for sign, w in zip(signs_, weights, strict=True)}
        for name, (signs_, weights) in named.items()
    }


def report(every: Sequence[Item], rank: Array) -> str:
    """Say how often the best one, two, three units hold the answer."""
    asked = [item for item in every if not item.gold.abstain]

    def share(most: int) -> float:
        right = 0
        for item in asked:
            order = np.argsort(-(item.signs @ rank))[:most]
            right += answer_matches(item.gold, " ".join(item.texts[i] for i in order))
        return right / len(asked)

    return f"{len(asked)} questions; answer in the best 1, 2, 3: " + ", ".join(
        f"{share(most):.3f}" for most in (1, 2, 3)
    )


def cross_checked(every: Sequence[Item], folds: int = 5) -> str:
    """Say how well the fit tells the unanswerable, each fifth judged by the others' weights."""
    fold = np.random.default_rng(0).integers(0, folds, len(every))
    chance, truth = np.zeros(len(every)), np.array([not i.gold.abstain for i in every])
    for number in range(folds):
        weights = fitted([item for item, f in zip(every, fold, strict=True) if f != number])
        rank = np.array(list(weights["rank"].values()))
        sure = np.array(list(weights["sure"].values()))
        for place in np.flatnonzero(fold == number):
            signs = np.array(sure_signs(every[place], rank))
            chance[place] = 1 / (1 + np.exp(-signs @ sure))
    lines = []
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7):
        recall = np.mean(chance[~truth] < threshold)
        false = np.mean(chance[truth] < threshold)
        lines.append(f"at {threshold}: abstention recall {recall:.3f}, false {false:.3f}")
    return "; ".join(lines)


def main(say: Callable[[str], None] = print) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--also", type=Path, nargs=2, action="append", metavar=("REPORT", "GOLD"), default=[]
    )
    parser.add_argument("--write", action="store_true", help=f"write {_TARGET.name}")
    given = parser.parse_args()
    sets = [(sample_reports(), sorted((_ROOT / "corpus" / "gold").glob("*.qa.jsonl")))]
    sets += [([one], [gold]) for one, gold in given.also]
    every: list[Item] = []
    with tempfile.TemporaryDirectory() as folder:
        for number, (reports, gold) in enumerate(sets):
            every.extend(items(Path(folder) / str(number), reports, gold))
    weights = fitted(every)
    say(report(every, np.array(list(weights["rank"].values()))))
    say(cross_checked(every))
    if given.write:
        text = yaml.safe_dump(weights, sort_keys=False, allow_unicode=True)
        _TARGET.write_text(_HEAD + text, encoding="utf-8")


if __name__ == "__main__":
    main()
