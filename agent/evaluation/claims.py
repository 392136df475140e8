"""Extraction against gold claims.

Recall: the share of gold claims for which some extracted claim of the same report says
the same. Precision is judged only on lines whose claims are all listed: of the claims
extracted from such a line, the share that says one of the listed ones; several ways to
say one gold claim are all right. ``exact_predicate`` and ``modality`` are shares of the
gold claims found, each by the best of the extracted claims that match.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from agent.errors import AgentError
from agent.evaluation.figures import Miss, Part, Share, Sources, harmonic, shares
from agent.evaluation.gold import Gold, GoldClaim, GoldLine, statement
from agent.evaluation.matching import Said, claim_matches

if TYPE_CHECKING:
    from corpus.report import Report
    from kg.generation import Generation


@dataclass(frozen=True, slots=True)
class _Found:
    """A gold claim with the extracted claim that says it best, if any does."""

    gold: GoldClaim
    best: Said | None

    @property
    def modality(self) -> bool:
        return self.best is not None and self.best.claim["modality"] == self.gold.modality

    @property
    def exact(self) -> bool:
        return self.best is not None and self.best.claim["predicate"] in self.gold.predicate


@dataclass(frozen=True, slots=True)
class _Judged:
    """An extracted claim on an exhaustive line."""

    said: Said
    right: bool
    line: GoldLine

    @property
    def where(self) -> str:
        evidence = self.said.claim["evidence"]
        return "table" if any(evidence[k] for k in ("table", "row", "column")) else "prose"


def score_claims(generation: Generation, gold: Gold, sources: Sources) -> Part:
    """Score the claims of a generation; the gold must be about its reports.

    Raises:
        AgentError: when an exhaustive line is not a line of its report.
    """
    said = _said(generation, {c.doc for c in gold.claims} | {line.doc for line in gold.lines})
    found = [_found(claim, said[claim.doc]) for claim in gold.claims]
    judged = list(_judged(gold, said, sources))
    misses = [_missed(item, sources) for item in found if item.best is None]
    misses += [_unfounded(item, sources) for item in judged if not item.right]
    return Part(_figures(found, judged), tuple(misses))


def _said(generation: Generation, reports: Iterable[str]) -> dict[str, list[Said]]:
    from kg.export import claim_json
    from kg.facts import Facts

    facts = Facts(generation)
    return {
        report: [Said.of(claim_json(claim)) for claim in facts.claims_of(report=report)]
        for report in reports
    }


def _found(gold: GoldClaim, said: Sequence[Said]) -> _Found:
    candidates = (_Found(gold, one) for one in said if claim_matches(gold, one))
    return max(candidates, key=lambda f: (f.modality, f.exact), default=_Found(gold, None))


def _judged(gold: Gold, said: Mapping[str, Sequence[Said]], sources: Sources) -> Iterator[_Judged]:
    listed = {(claim.doc, claim.id): claim for claim in gold.claims}
    for line in gold.lines:
        start, end = line_span(sources.report(line.doc), line)
        claims = [listed[line.doc, claim_id] for claim_id in line.claims]
        for one in said[line.doc]:
            if start <= one.claim["evidence"]["start"] < end:
                yield _Judged(one, any(claim_matches(claim, one) for claim in claims), line)


def line_span(report: Report, line: GoldLine) -> tuple[int, int]:
    """Return start and end (code points, half-open) of the one line that begins as given.

    Raises:
        AgentError: when no line begins so, or several do.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for text in report.text.split("\n"):
        if text.lstrip().startswith(line.starts):
            found.append((start, start + len(text)))
        start += len(text) + 1
    if len(found) != 1:
        raise AgentError(
            f"{len(found)} lines of report {report.id!r} begin with {line.starts!r}: expected one; "
            "is it another edition? correct the line in *.exhaustive.jsonl"
        )
    return found[0]


def _figures(found: Sequence[_Found], judged: Sequence[_Judged]) -> dict[str, Any]:
    recalled = [(item, item.best is not None) for item in found]
    precise = [(item, item.right) for item in judged]
    hits = [item for item in found if item.best is not None]
    places = sorted({item.gold.where for item in found} | {item.where for item in judged})
    return {
        **_quality(recalled, precise),
        "modality": Share.count(item.modality for item in hits).to_json(),
        "exact_predicate": Share.count(item.exact for item in hits).to_json(),
        "by_place": {
            place: _quality(
                [pair for pair in recalled if pair[0].gold.where == place],
                [pair for pair in precise if pair[0].where == place],
            )
            for place in places
        },
        "by_predicate": _by_predicate(recalled, precise),
    }


def _quality(
    recalled: Iterable[tuple[_Found, bool]], precise: Iterable[tuple[_Judged, bool]]
) -> dict[str, Any]:
    precision = Share.count(right for _, right in precise)
    recall = Share.count(right for _, right in recalled)
    return {
        "precision": precision.to_json(),
        "recall": recall.to_json(),
        "f1": harmonic(precision, recall),
    }


def _by_predicate(
    recalled: Iterable[tuple[_Found, bool]], precise: Iterable[tuple[_Judged, bool]]
) -> dict[str, Any]:
    """Recall by the gold's first predicate, precision by the extracted one."""
    recall = shares(recalled, lambda item: item.gold.predicate[0])
    precision = shares(precise, lambda item: str(item.said.claim["predicate"]))
    empty = Share(0, 0).to_json()
    return {
        name: {"precision": precision.get(name, empty), "recall": recall.get(name, empty)}
        for name in sorted({*recall, *precision})
    }


def _missed(item: _Found, sources: Sources) -> Miss:
    gold = item.gold
    return Miss(
        "claim not found",
        gold.id,
        f"{statement(gold)}  “{gold.quote}”",
        "",
        sources.place_of_quote(gold.doc, gold.quote),
    )


def _unfounded(item: _Judged, sources: Sources) -> Miss:
    claim = item.said.claim
    evidence = claim["evidence"]
    parts = [claim["subject"]["label"], claim["predicate"]]
    parts += [claim["object"]["label"]] if claim["object"] else []
    parts += ["=" + claim["value"]["text"]] if claim["value"] else []
    parts += [f"{key}={text}" for key, text in claim["qualifiers"].items()]
    return Miss(
        "claim not in gold",
        "",
        f"one of {', '.join(item.line.claims) or 'no claims'}",
        " ".join(parts) + f"  “{evidence['quote']}”",
        sources.place(str(claim["report"]), evidence["start"]),
    )
