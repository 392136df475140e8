"""Claims by a language model: asked passage by passage, checked one by one.

A model never gets further than its words: what it claims is kept only if the passage bears
it out (:mod:`extractors.llm.checks`), and only in a graph of its own (:mod:`kg.graphs`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from extractors.llm.asking import Asking, Model
from extractors.llm.budget import Budget, Estimate, Ledger, Price, estimated_tokens
from extractors.llm.cache import Reply, ReplyCache
from extractors.llm.checks import Checker, Unbelieved
from extractors.llm.names import ReportNames
from extractors.llm.prompt import Request, requests_of
from extractors.llm.relations import load_guide
from extractors.llm.retry import Patience
from kg.claim import BY_MODEL, Claim, Extraction
from kg.vocab import PREDICATES

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus.report import Report

Pair = tuple["Report", Extraction]


@dataclass(frozen=True)
class _Work:
    """One report: what its rules found, whom it names, what to ask about it."""

    report: Report
    extraction: Extraction
    names: ReportNames
    requests: tuple[tuple[str, Request], ...]


@dataclass
class ModelExtractor:
    """Reads reports with one model; ``ledger`` tells afterwards what it took.

    ``max_tokens`` caps what is spent in all, answers from the cache cost nothing.
    """

    model: Model
    cache: ReplyCache
    max_tokens: int | None = None
    parallel: int = 4
    patience: Patience = field(default_factory=Patience)
    price: Price | None = None

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.model.name, price=self.price)

    def estimate(self, pairs: Iterable[Pair]) -> Estimate:
        """Tell what reading these reports would ask and take; asks nothing."""
        works = [self._work(report, extraction) for report, extraction in pairs]
        requests = {key: request for work in works for key, request in work.requests}
        missing = [r for key, r in requests.items() if self.cache.get(key) is None]
        passages = sum(len(work.report.passages) for work in works)
        return Estimate(
            self.model.name,
            passages,
            passages - sum(len(work.requests) for work in works),
            len(missing),
            len(requests) - len(missing),
            sum(estimated_tokens(request.told()) for request in missing),
            len(missing) * self.model.most_out,
            self.price,
        )

    def extract(
        self, pairs: Sequence[Pair], step: Callable[[str], None] = lambda _: None
    ) -> list[Pair]:
        """Return the reports with what the model read in them besides the claims they have.

        What a claim of the report says already, at the same place, is not said twice.

        Raises:
            ServiceFailure: when the model fails for good or the cap is reached.
        """
        works = [self._work(report, extraction) for report, extraction in pairs]
        asking = Asking(
            self.model,
            self.cache,
            Budget(self.max_tokens),
            self.ledger,
            self.parallel,
            self.patience,
            step,
        )
        replies = asking.all({key: r for work in works for key, r in work.requests})
        return [(work.report, self._read(work, replies)) for work in works]

    def _work(self, report: Report, extraction: Extraction) -> _Work:
        names = ReportNames(report, extraction)
        classes = {passage.id: names.classes(passage) for passage in report.passages}
        requests = requests_of(report, classes, load_guide())
        keyed = tuple((request.key(self.model.name), request) for request in requests)
        return _Work(report, extraction, names, keyed)

    def _read(self, work: _Work, replies: dict[str, Reply]) -> Extraction:
        extractor = f"{BY_MODEL}{self.model.name}@{load_guide().version}"
        checker = Checker(work.report, work.names, extractor)
        said: set[tuple[object, ...]] = set()
        own = [claim for claim in work.extraction.claims if not claim.by_model]
        kept: list[Claim] = []
        for key, request in work.requests:
            reply = replies[key]
            if reply.problem:
                self.ledger.dropped[reply.problem] += 1
            for item in reply.claims:
                claim = self._believed(checker, item, request)
                if claim is None:
                    continue
                if any(_says_the_same(claim, other) for other in own):
                    self.ledger.dropped["found by the rules too"] += 1
                elif (statement := (key, *_statement(claim))) in said:
                    self.ledger.dropped["said twice"] += 1
                else:
                    said.add(statement)
                    kept.append(claim)
        self.ledger.kept += len(kept)
        return replace(work.extraction, claims=(*own, *kept))

    def _believed(self, checker: Checker, item: object, request: Request) -> Claim | None:
        try:
            claim, lost = checker.claim(item, request)
        except Unbelieved as reason:
            self.ledger.dropped[str(reason)] += 1
            return None
        if lost:
            self.ledger.dropped["qualifiers"] += lost
        return claim


def _statement(claim: Claim) -> tuple[object, ...]:
    """Return what a claim says, without where: the two ends of a symmetric relation in order."""
    ends = [claim.subject.id, claim.object.id if claim.object else ""]
    if PREDICATES[claim.predicate].symmetric:
        ends.sort()
    value = claim.value and (claim.value.minimum, claim.value.maximum, claim.value.text)
    metric = claim.qualifiers.get("metric")
    return claim.predicate, *ends, value, metric, claim.qualifiers.get("period"), claim.modality


def _says_the_same(claim: Claim, other: Claim) -> bool:
    """Tell whether a model repeats a rule: same ends, same amount, at the same place."""
    one, two = claim.evidence, other.evidence
    if not (one.start < two.end and two.start < one.end):
        return False
    if _statement(claim)[:3] != _statement(other)[:3]:
        return False
    if claim.value is None or other.value is None:
        return claim.object is not None
    ends = {(v.minimum, v.maximum) for v in (claim.value, other.value)}
    return claim.value.text == other.value.text or (
        len(ends) == 1 and claim.value.minimum is not None
    )
