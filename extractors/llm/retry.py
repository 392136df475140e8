"""When to ask a model again: what passes by itself, how long a server asks to wait.

Providers raise errors of their own kinds; nearly all carry an HTTP status and the response
(https://www.rfc-editor.org/rfc/rfc9110#field.retry-after), which is what is read here.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from threading import Event, Lock
from typing import Any, TypeVar

T = TypeVar("T")

_PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_LOST = frozenset({"APIConnectionError", "TransportError", "ConnectionError", "TimeoutError"})
"""Classes, of several libraries, for a connection that failed or took too long."""

_LONGEST = 300.0
"""Seconds; a server that asks for more is out for today."""


class Stopped(Exception):
    """Another thread has given up: do not go on."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How often to try, and how long to wait first; waits double up to ``longest``, jittered."""

    attempts: int = 6
    first: float = 1.0
    longest: float = 60.0


def is_passing(error: BaseException) -> bool:
    """Tell whether the same request may succeed later: limits, overload, a lost connection."""
    if getattr(error, "code", None) == "insufficient_quota":  # OpenAI's 429 for an empty purse
        return False
    status = status_of(error)
    if status is not None:
        return status in _PASSING and (asked_wait(error) or 0) <= _LONGEST
    return is_lost(error)


def is_lost(error: BaseException) -> bool:
    """Tell whether no answer came: it may have been computed, and charged, nevertheless."""
    return not _LOST.isdisjoint(cls.__name__ for cls in type(error).__mro__)


def status_of(error: BaseException) -> int | None:
    """Return the HTTP status that an error carries."""
    response = getattr(error, "response", None)
    for holder in (error, response):
        status = getattr(holder, "status_code", None)
        if isinstance(status, int):
            return status
    return None


def asked_wait(error: BaseException) -> float | None:
    """Return how many seconds the server asked to wait (``Retry-After``), if it did."""
    headers: Any = getattr(getattr(error, "response", None), "headers", None) or {}
    text = headers.get("retry-after")
    if text is None:
        return None
    try:
        return max(0.0, float(text))
    except ValueError:
        pass
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=dt.UTC)
    return max(0.0, (until - dt.datetime.now(dt.UTC)).total_seconds())


class Gate:
    """Holds all threads back while a server asks to wait, and ends them when one gives up."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._until = 0.0
        self._stopped = Event()

    def stop(self) -> None:
        """End every wait and let nobody through any more."""
        self._stopped.set()

    def close(self, seconds: float) -> None:
        """Let nobody through for so long."""
        with self._lock:
            self._until = max(self._until, time.monotonic() + seconds)

    def wait(self) -> None:
        """Return when the gate is open; raises Stopped."""
        while (left := self._until - time.monotonic()) > 0 and not self._stopped.wait(left):
            pass
        if self._stopped.is_set():
            raise Stopped

    def sleep(self, seconds: float) -> None:
        """Wait so long, or until the end; raises Stopped."""
        if self._stopped.wait(seconds):
            raise Stopped


def persistently(call: Callable[[], T], gate: Gate, patience: Patience) -> T:
    """Call until it succeeds; raises the last error, one that does not pass, or Stopped."""
    from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt
    from tenacity.wait import wait_random_exponential

    doubling = wait_random_exponential(
        multiplier=patience.first, min=patience.first, max=patience.longest
    )

    def wait(state: RetryCallState) -> float:
        assert state.outcome is not None
        error = state.outcome.exception()
        asked = asked_wait(error) if error else None
        if asked is None:
            return doubling(state)
        gate.close(asked)  # the limit is the account's: the other threads would only meet it too
        return asked

    def attempt() -> T:
        gate.wait()
        return call()

    again = Retrying(
        stop=stop_after_attempt(patience.attempts),
        wait=wait,
        retry=retry_if_exception(is_passing),
        sleep=gate.sleep,
        reraise=True,
    )
    return again(attempt)
