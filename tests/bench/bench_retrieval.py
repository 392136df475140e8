"""Measure retrieval on KorQuAD: which passage answers the question.

    python tests/bench/bench_retrieval.py korquad_v1.0_dev.json [--questions 1500]

Prints JSON: R@1, R@5 and MRR of each component alone and of the fusion; and times,
each also as a ratio to a baseline of the same run (Kiwi analysing the same text,
FAISS alone on the same vectors). KorQuAD 1.0: https://korquad.github.io/KorQuad%201.0/
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from corpus.report import Passage, Report, Span
from kg.claim import Extraction
from kg.search import hybrid
from kg.search.analyzer import morphemes, morphemes_of_all, terms
from kg.search.hybrid import SearchIndex
from kg.search.writer import SearchIndexWriter

Result = TypeVar("Result")

SETTINGS = {
    "morphemes": {"morphemes": 1.0},
    "bigrams": {"bigrams": 1.0},
    "dense": {"dense": 1.0},
    "lexical": {"morphemes": 0.5, "bigrams": 0.5},
    "fused": hybrid.WEIGHTS,
}
_PASSAGES_A_REPORT = 60


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("korquad", type=Path)
    parser.add_argument("--questions", type=int, default=1500)
    arguments = parser.parse_args()
    contexts, questions = read(arguments.korquad, arguments.questions)
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(contexts, questions, Path(folder)), indent=2))


def read(path: Path, wanted: int) -> tuple[list[str], list[tuple[str, int]]]:
    """Return the passages, and ``wanted`` questions evenly taken with their passage's number."""
    contexts: list[str] = []
    questions: list[tuple[str, int]] = []
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            questions += [(asked["question"], len(contexts)) for asked in paragraph["qas"]]
            contexts.append(paragraph["context"])
    wanted = min(wanted, len(questions))
    return contexts, [questions[i * len(questions) // wanted] for i in range(wanted)]


def report(name: str, texts: Sequence[str]) -> Report:
    """Make a report with these texts as its passages."""
    spans, start = [], 0
    for text in texts:
        spans.append(Span(start, start + len(text)))
        start += len(text) + 1
    passages = tuple(
        Passage(f"{name}#{number}", (), "prose", span) for number, span in enumerate(spans)
    )
    day = dt.date(2025, 1, 6)
    return Report(name, name, None, (), day, "", "txt", "", "\n".join(texts), (), (), passages)


def measure(
    contexts: Sequence[str], questions: Sequence[tuple[str, int]], folder: Path
) -> dict[str, object]:
    """Index, ask everything and return the figures."""
    groups = [
        contexts[first : first + _PASSAGES_A_REPORT]
        for first in range(0, len(contexts), _PASSAGES_A_REPORT)
    ]
    reports = [report(f"r{number:03}", group) for number, group in enumerate(groups)]
    ids = [passage.id for found in reports for passage in found.passages]
    texts = dict(zip(ids, contexts, strict=True))  # a passage printed twice answers in both
    ingest = _ingest(reports, folder)
    index = SearchIndex.open(folder / "last")
    found = {
        name: _quality(index, questions, ids, texts, weights) for name, weights in SETTINGS.items()
    }
    return {
        "passages": len(contexts),
        "questions": len(questions),
        "quality": found,
        "ingest": ingest,
        "query": _query_times(index, [question for question, _ in questions[:300]]),
    }


def _quality(
    index: SearchIndex,
    questions: Sequence[tuple[str, int]],
    ids: Sequence[str],
    texts: dict[str, str],
    weights: dict[str, float],
) -> dict[str, float]:
    ranks: list[int | None] = []
    kept, hybrid.WEIGHTS = hybrid.WEIGHTS, dict.fromkeys(hybrid.WEIGHTS, 0.0) | weights
    try:
        for question, answer in questions:
            hits = index.search(question, k=50)
            ranks.append(
                next((hit.rank for hit in hits if texts[hit.passage] == texts[ids[answer]]), None)
            )
    finally:
        hybrid.WEIGHTS = kept
    count = len(ranks)
    return {
        "R@1": round(sum(rank == 1 for rank in ranks) / count, 4),
        "R@5": round(sum(rank is not None and rank <= 5 for rank in ranks) / count, 4),
        "MRR": round(sum(1 / rank for rank in ranks if rank) / count, 4),
    }


def _ingest(reports: Sequence[Report], folder: Path) -> dict[str, float]:
    """Index all but one full report, then time that one: a weekly report joins a corpus."""
    morphemes("준비")
    last = max(range(len(reports)), key=lambda number: len(reports[number].passages))
    analysis = 0.0
    pairs = []
    for number, found in enumerate(reports):
        texts = [passage.span.of(found.text) for passage in found.passages]
        seconds, analysed = _timed(partial(morphemes_of_all, texts))
        analysis = seconds if number == last else analysis
        bags = {
            passage.id: terms(one, text)
            for passage, one, text in zip(found.passages, analysed, texts, strict=True)
        }
        pairs.append((found, Extraction(found.id, (), (), (), bags)))
    joining = [pairs.pop(last)]
    writer = SearchIndexWriter()
    writer.write(folder / "warm-up", None, pairs[:1], [])
    alone, _ = _timed(lambda: writer.write(folder / "alone", None, joining, []))
    bulk, _ = _timed(lambda: writer.write(folder / "base", None, pairs, []))
    joined, _ = _timed(lambda: writer.write(folder / "last", folder / "base", joining, []))
    gone, _ = _timed(lambda: writer.write(folder / "gone", folder / "last", [], ["r000"]))
    times = {"kiwi": analysis, "first_report": alone, "next_report": joined, "bulk": bulk}
    times["removal"] = gone
    return {
        **{f"{name}_ms": round(1000 * seconds, 1) for name, seconds in times.items()},
        "first_report_to_kiwi": round(alone / analysis, 2),
        "next_report_to_kiwi": round(joined / analysis, 2),
    }


def _query_times(index: SearchIndex, questions: Sequence[str]) -> dict[str, float]:
    for question in questions[:20]:
        index.search(question)
    analysed = [terms(morphemes(question), question) for question in questions]
    kiwi, _ = _timed(lambda: [morphemes(question) for question in questions])
    whole, _ = _timed(lambda: [index.search(question) for question in questions])
    embed, vectors = _timed(
        lambda: [
            index.dense.embed(question, bag)
            for question, bag in zip(questions, analysed, strict=True)
        ]
    )
    faiss, _ = _timed(lambda: [index.dense.vectors.best(vector, 10) for vector in vectors])
    count = len(questions)
    return {
        "kiwi_ms": round(1000 * kiwi / count, 3),
        "embed_ms": round(1000 * embed / count, 3),
        "faiss_alone_ms": round(1000 * faiss / count, 3),
        "search_ms": round(1000 * whole / count, 3),
        "search_to_faiss_alone": round(whole / faiss, 1),
        "search_to_kiwi": round(whole / kiwi, 2),
    }


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


if __name__ == "__main__":
    main()
