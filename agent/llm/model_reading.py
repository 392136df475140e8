"""``kg ingest --extractor llm``: which claims come from rules, which from a model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, get_args

from agent.errors import AgentError
from agent.llm.models import chat_model
from kg.claim import BY_MODEL

if TYPE_CHECKING:
    from corpus.report import Report
    from extractors.llm.budget import Price
    from extractors.llm.extract import ModelExtractor
    from kg.claim import Extraction
    from kg.generation import Generation

Pair = tuple["Report", "Extraction"]
ExtractorName = Literal["rules", "llm", "both"]
EXTRACTORS: tuple[ExtractorName, ...] = get_args(ExtractorName)

MOST_OUT = 4096
"""Tokens of one answer: enough for a passage that is one claim after the other."""

TIMEOUT = 120.0


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """How ``kg ingest`` uses a model; ``extractor`` is ``None`` when the user did not say."""

    extractor: ExtractorName | None = None
    model: str | None = None
    max_tokens: int | None = None
    parallel: int = 4
    price: str | None = None

    def checked(self) -> ModelOptions:
        """Refuse options that do not go together; a model alone means ``both``."""
        uses_model = self.extractor in ("llm", "both")
        if self.model is None and uses_model:
            raise AgentError(
                f"--extractor {self.extractor} needs a model: got none, expected --model "
                "PROVIDER:NAME such as openai:gpt-4o-mini"
            )
        if self.model is not None and self.extractor == "rules":
            raise AgentError(
                f"--extractor rules asks no model: got --model {self.model!r}, expected none; "
                "say --extractor llm or both"
            )
        return replace(self, extractor="both") if self.model and not uses_model else self


Progress = Callable[[str, int], AbstractContextManager[Callable[[str], None]]]


def _no_progress(_what: str, _total: int) -> AbstractContextManager[Callable[[str], None]]:
    return nullcontext(lambda _step: None)


@dataclass(frozen=True)
class ModelReading:
    """The step of an ingest that asks a model, or keeps what one read before.

    ``tell`` gets the estimate before and the ledger after, a line at a time; ``progress``
    shows passages as they are answered.
    """

    options: ModelOptions = ModelOptions()
    tell: Callable[[str], None] = lambda _line: None
    progress: Progress = _no_progress

    @property
    def is_plain(self) -> bool:
        """Whether the user says nothing of a model: what is stored then stays as it is."""
        return self.options.extractor is None and self.options.model is None

    def of(
        self, pairs: Sequence[Pair], current: Generation | None, *, dry_run: bool = False
    ) -> tuple[list[Pair], dict[str, Any] | None]:
        """Return the reports with the claims of a model, and what that took (for `--json`).

        Without any word on the extractor, the claims that models read before stay as long
        as the report's text does. A dry run asks nothing.

        Raises:
            AgentError: for options that do not go together.
            ModelFailure: when the model cannot be made.
            ServiceFailure: when it fails for good or the cap is reached.
        """
        options = self.options.checked()
        if options.model is None:
            keeps = options.extractor is None and current is not None
            return [_with_held(pair, current) if keeps else pair for pair in pairs], None
        extractor = model_extractor(options)
        if options.extractor == "llm":
            pairs = [(report, replace(found, claims=(), read_by="")) for report, found in pairs]
        estimate = extractor.estimate(pairs)
        self.tell(estimate.line())
        if dry_run:
            self.tell("what the model would claim is in no count: it is not asked")
            return list(pairs), {"estimate": asdict(estimate)}
        try:
            with self.progress(estimate.model, estimate.requests) as step:
                read = extractor.extract(pairs, step)
        finally:
            for line in extractor.ledger.lines():
                self.tell(line)
        return read, {"estimate": asdict(estimate), "ledger": extractor.ledger.to_json()}


def _with_held(pair: Pair, current: Generation | None) -> Pair:
    """Add the claims that a model read in the same text before."""
    report, extraction = pair
    if current is None or report.id not in current:
        return pair
    info = current.info(report.id)
    if info.sha256 != report.sha256 or not any(e.startswith(BY_MODEL) for e in info.extractors):
        return pair
    held = (claim for claim in current.extraction(report.id).claims if claim.by_model)
    return report, replace(extraction, claims=(*extraction.claims, *held))


def model_extractor(options: ModelOptions) -> ModelExtractor:
    """Make the extractor of a model; raises ModelFailure when the model cannot be made."""
    from extractors.llm.asking import Model
    from extractors.llm.cache import ReplyCache, cache_folder
    from extractors.llm.extract import ModelExtractor

    assert options.model is not None
    price = _price(options.price)
    chat = chat_model(
        options.model, timeout=TIMEOUT, max_tokens=MOST_OUT, max_retries=0, temperature=0
    )
    return ModelExtractor(
        Model(chat, options.model, MOST_OUT),
        ReplyCache(cache_folder() / "replies.sqlite"),
        options.max_tokens,
        options.parallel,
        price=price,
    )


def _price(text: str | None) -> Price | None:
    from extractors.llm.budget import Price

    if text is None:
        return None
    try:
        tokens_in, tokens_out = map(float, text.split("/"))
    except ValueError as error:
        raise AgentError(
            f"--price is no price: got {text!r}, expected IN/OUT for a million tokens each, "
            "such as 0.15/0.60"
        ) from error
    return Price(tokens_in, tokens_out)
