"""Asking a model about many passages at once, within a budget, each answer kept at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import TYPE_CHECKING, Any

from extractors.errors import ServiceFailure
from extractors.llm.budget import Budget, Ledger, estimated_tokens
from extractors.llm.cache import Reply, ReplyCache
from extractors.llm.prompt import Request
from extractors.llm.retry import Gate, Patience, Stopped, is_lost, persistently

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_TRIES = 2
"""How often a model is asked for an answer that can be read."""


class CapReached(Exception):
    """The next request could exceed the cap."""


@dataclass(frozen=True)
class Model:
    """A chat model, its name (part of the cache's keys) and the most it may answer."""

    chat: BaseChatModel
    name: str
    most_out: int


@dataclass
class Asking:
    """Asks one model; see :meth:`all`."""

    model: Model
    cache: ReplyCache
    budget: Budget
    ledger: Ledger
    parallel: int = 4
    patience: Patience = field(default_factory=Patience)
    step: Callable[[str], None] = lambda _: None

    def __post_init__(self) -> None:
        self._gate, self._lock = Gate(), Lock()

    def all(self, requests: Mapping[str, Request]) -> dict[str, Reply]:
        """Return the replies by key; those in the cache cost nothing.

        Raises:
            ServiceFailure: when the model fails for good or the cap is reached. What was
                answered until then stays in the cache, so the same call goes on from there.
        """
        found = {key: reply for key in requests if (reply := self.cache.get(key)) is not None}
        self.ledger.cached += len(found)
        missing = [key for key in requests if key not in found]
        if missing:
            found.update(self._ask(missing, requests))
        return found

    def _ask(self, keys: Sequence[str], requests: Mapping[str, Request]) -> dict[str, Reply]:
        pool = ThreadPoolExecutor(min(self.parallel, len(keys)), thread_name_prefix="kg-llm")
        futures: dict[str, Future[Reply]] = {}
        try:
            futures = {key: pool.submit(self._one, key, requests[key]) for key in keys}
            wait(futures.values(), return_when=FIRST_EXCEPTION)
        finally:  # also when the user interrupts: what is under way may end and be kept
            self._gate.stop()
            pool.shutdown(cancel_futures=True)
        error = _first_error(futures.values())
        if error is None:
            return {key: future.result() for key, future in futures.items()}
        left = sum(f.cancelled() or f.exception() is not None for f in futures.values())
        raise ServiceFailure(self._told(error, left, len(keys))) from error

    def _told(self, error: BaseException, left: int, asked: int) -> str:
        kept = "what was answered is kept, so the same command goes on from there"
        if isinstance(error, CapReached):
            return (
                f"--max-tokens is reached: {self.budget.spent:,} of {self.budget.limit:,} tokens "
                f"spent, and {left} of {asked} passages not read yet; nothing was stored; {kept} "
                "with a cap of its own"
            )
        return (
            f"the model {self.model.name!r} failed on {left} of {asked} passages: "
            f"{type(error).__name__}: {' '.join(str(error).split())[:200]}; nothing was stored; "
            f"{kept}"
        )

    def _one(self, key: str, request: Request) -> Reply:
        try:
            reply = self._readable(request)
        except BaseException:
            self._gate.stop()  # here, as the next request would be out before anybody else knows
            raise
        self.cache.put(key, self.model.name, reply)
        with self._lock:
            self.step(request.passage.id)
        return reply

    def _readable(self, request: Request) -> Reply:
        """Ask until the answer can be read, or often enough; the tokens are those of all tries."""
        taken_in = taken_out = 0
        reply: Reply | None = None
        for _ in range(_TRIES):
            reply = persistently(lambda: self._call(request), self._gate, self.patience)
            taken_in, taken_out = taken_in + reply.tokens_in, taken_out + reply.tokens_out
            if reply.problem is None:
                break
        assert reply is not None
        return replace(reply, tokens_in=taken_in, tokens_out=taken_out)

    def _call(self, request: Request) -> Reply:
        """Ask once, paying from the budget for what was sent even if no answer comes."""
        tokens = estimated_tokens(request.told())
        reserved = self.budget.reserve(tokens, self.model.most_out)
        if reserved is None:
            raise CapReached
        taken, asked, failed = (0, 0), 1, 1
        try:
            self._gate.wait()  # room in the budget may have been long in coming
            reply = self._answer(request)
            taken, failed = (reply.tokens_in, reply.tokens_out), 0
            return reply
        except Stopped:
            asked = failed = 0
            raise
        except Exception as error:
            taken = (tokens, 0) if is_lost(error) else (0, 0)  # perhaps computed, and charged
            raise
        finally:
            self.budget.settle(reserved, 0 if failed else tokens, *taken)
            with self._lock:
                self.ledger.requests += asked
                self.ledger.failed += failed
                self.ledger.tokens_in += taken[0]
                self.ledger.tokens_out += taken[1]

    def _answer(self, request: Request) -> Reply:
        asked = self.model.chat.with_structured_output(request.schema, include_raw=True)
        try:
            answer: Any = asked.invoke(list(request.messages))
        except Exception as error:
            if (reply := _unfinished(error, request)) is None:
                raise
            return reply
        return reply_of(answer, request)


def _first_error(futures: Any) -> BaseException | None:
    """Return what went wrong first: not that another thread was stopped because of it."""
    errors = [f.exception() for f in futures if f.done() and not f.cancelled() and f.exception()]
    real = [e for e in errors if not isinstance(e, Stopped)]
    return next(iter(real), None) or next(iter(errors), None)


def _unfinished(error: Exception, request: Request) -> Reply | None:
    """Return the answer in an error: OpenAI's client raises when one was cut off or withheld."""
    problem = {
        "LengthFinishReasonError": "answers cut off",
        "ContentFilterFinishReasonError": "answers withheld",
    }.get(type(error).__name__)
    if problem is None:
        return None
    usage = getattr(getattr(error, "completion", None), "usage", None)
    tokens_in = getattr(usage, "prompt_tokens", None) or estimated_tokens(request.told())
    return Reply((), tokens_in, getattr(usage, "completion_tokens", None) or 0, problem)


def reply_of(answer: Any, request: Request) -> Reply:
    """Read LangChain's structured answer (``raw``, ``parsed``, ``parsing_error``)."""
    raw, parsed = answer["raw"], answer["parsed"]
    usage = raw.usage_metadata or {}
    text = str(raw.text) + "".join(str(call.get("args")) for call in raw.tool_calls)
    tokens_in = usage.get("input_tokens") or estimated_tokens(request.told())
    tokens_out = usage.get("output_tokens") or estimated_tokens(text)
    claims = parsed.get("claims") if isinstance(parsed, dict) else None
    problem = None
    told = raw.response_metadata
    if (told.get("finish_reason") or told.get("stop_reason") or told.get("done_reason")) in (
        "length",
        "max_tokens",
    ):
        problem = "answers cut off"
    elif not isinstance(claims, list):
        problem = "answers not as asked"
    return Reply(tuple(claims) if isinstance(claims, list) else (), tokens_in, tokens_out, problem)
