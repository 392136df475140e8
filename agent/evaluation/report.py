"""The figures shown: rows of a table, Markdown for the README, what moved since."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from agent.errors import AgentError

HEADLINE: Mapping[str, str] = {
    "extraction.precision": "Extraction precision",
    "extraction.recall": "Extraction recall",
    "extraction.f1": "Extraction F1",
    "extraction.modality": "Modality of the claims found",
    "names.accuracy": "Entity linking",
    "answers.accuracy": "Answers right",
    "answers.concise": "Answers of at most 400 characters",
    "citations.verbatim": "Citations verbatim",
    "citations.precision": "Citation precision",
    "citations.recall": "Citation recall",
    "abstention.precision": "Abstention precision",
    "abstention.recall": "Abstention recall",
    "diff.precision": "Weekly diff precision",
    "diff.recall": "Weekly diff recall",
}
"""The figures that must not get worse, by their path, with what the README calls them."""

NOTES = (
    "Extraction precision is judged on the lines of the reports whose claims are all listed.",
    "Citation precision is a lower bound: the gold names some of the right places, not all.",
    "Diff precision is judged among the reported changes that some gold change is about (same "
    "subject, predicate, and object, value or metric); the others are not judged.",
)

_ABSENT = "–"


def figure(document: Mapping[str, Any], path: str) -> float | None:
    """Return the score at a dotted path, ``None`` when there was nothing to judge.

    Raises:
        AgentError: when the document has no such figure.
    """
    known = dict(leaves(document))
    if path not in known:
        raise AgentError(
            f"no figure {path!r}: expected what `kg eval --json` prints; write the file anew"
        )
    return _score(known[path])


def leaves(document: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield each figure with its dotted path, in the document's order."""
    for key, value in document.items():
        path = f"{prefix}{key}"
        if isinstance(value, Mapping) and "score" not in value:
            yield from leaves(value, path + ".")
        else:
            yield path, value


def _score(leaf: Any) -> float | None:
    value = leaf["score"] if isinstance(leaf, Mapping) else leaf
    return None if value is None else float(value)


def rows(document: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return a row a figure that was measured: its path in words, score or number, counts."""
    return [
        (path.replace(".by_", " by ").replace(".", " · "), shown(leaf), _counts(leaf))
        for path, leaf in leaves(document)
        if _score(leaf) is not None
    ]


def shown(leaf: Any) -> str:
    """Return a figure for people: four decimals for a share, a number as it is."""
    if isinstance(leaf, Mapping):
        score = leaf["score"]
        return _ABSENT if score is None else f"{score:.4f}"
    return _ABSENT if leaf is None else f"{leaf:g}"


def _counts(leaf: Any) -> str:
    return f"{leaf['right']}/{leaf['of']}" if isinstance(leaf, Mapping) and "of" in leaf else ""


def moved(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[tuple[str, str, str, str]]:
    """Return a row a figure that differs: its path, old, new, difference.

    Figures that only one side has are shown too; counts behind a share are not compared.
    """
    before, after = dict(leaves(old)), dict(leaves(new))
    found = []
    for path in dict.fromkeys((*after, *before)):
        was, now = before.get(path), after.get(path)
        a, b = (None if leaf is None else _score(leaf) for leaf in (was, now))
        if a != b:
            change = "" if a is None or b is None else f"{b - a:+.4f}"
            found.append((path, shown(was), shown(now), change))
    return found


def markdown(document: Mapping[str, Any]) -> str:
    """Return the headline figures as a Markdown table with its notes, ending in a newline."""
    known = dict(leaves(document))
    lines = ["| | score | of |", "|---|---:|---:|"]
    for path, title in HEADLINE.items():
        leaf = known.get(path)
        of = f"{leaf['of']:,}" if isinstance(leaf, Mapping) and "of" in leaf else ""
        lines.append(f"| {title} | {_percent(leaf)} | {of} |")
    for key in ("p50", "p95"):
        milliseconds = known.get(f"latency_ms.{key}")
        said = _ABSENT if milliseconds is None else f"{milliseconds:.0f} ms"
        lines.append(f"| Time to answer, {key} | {said} | {known['gold.questions']:,} |")
    return "\n".join([*lines, "", *NOTES]) + "\n"


def _percent(leaf: Any) -> str:
    score = None if leaf is None else _score(leaf)
    return _ABSENT if score is None else f"{100 * score:.1f}%"


def load_figures(file: Path) -> dict[str, Any]:
    """Read figures that `kg eval --json` wrote, without what --compare and --misses add.

    Raises:
        AgentError: when the file cannot be read or holds something else.
    """
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise AgentError(
            f"cannot read the figures {str(file)!r}: {error}; expected what `kg eval --json` wrote"
        ) from error
    if isinstance(document, dict):
        document = {k: v for k, v in document.items() if k not in ("moved", "misses")}
    if not _are_figures(document):
        raise AgentError(
            f"no figures in {str(file)!r}: got {str(document)[:60]!r}, "
            "expected what `kg eval --json` wrote"
        )
    figures: dict[str, Any] = document
    return figures


def _are_figures(document: Any) -> bool:
    if not isinstance(document, dict) or not {"gold", "extraction"} <= document.keys():
        return False
    values = [leaf["score"] if isinstance(leaf, dict) else leaf for _, leaf in leaves(document)]
    return all(value is None or isinstance(value, int | float) for value in values)
