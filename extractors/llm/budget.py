"""Tokens: estimated before, capped while asking, told afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Condition
from typing import Any

_FRAME = 40  # tokens that the form of a chat takes besides its text


def estimated_tokens(text: str) -> int:
    """Estimate the tokens of a text from above: one a 한글 syllable, one in three Latin letters.

    Tokenizers of today take 0.5 to 1 token a syllable; which one a provider counts with is
    not known here, and no tokenizer is downloaded to find out.
    """
    ascii_ = sum(ch < "\x80" for ch in text)
    return len(text) - ascii_ + -(-ascii_ // 3) + _FRAME


@dataclass(frozen=True, slots=True)
class Price:
    """What a million tokens cost, in and out, in the user's own currency."""

    tokens_in: float
    tokens_out: float

    def of(self, tokens_in: int, tokens_out: int) -> float:
        """Return the cost of so many tokens."""
        return (tokens_in * self.tokens_in + tokens_out * self.tokens_out) / 1_000_000


@dataclass(frozen=True, slots=True)
class Estimate:
    """What an extraction is going to ask and take; ``most_out`` is the most it can answer."""

    model: str
    passages: int
    skipped: int
    requests: int
    cached: int
    tokens_in: int
    most_out: int
    price: Price | None = None

    def line(self) -> str:
        """Say it in one line."""
        cost = self.price and self.price.of(self.tokens_in, self.most_out)
        return (
            f"{self.model}: {self.passages} passages, {self.skipped} of them without a cue; "
            f"{self.requests} requests ({self.cached} more answered before), about "
            f"{self.tokens_in:,} tokens in and at most {self.most_out:,} out"
            + (f", at most {cost:,.2f} by your prices" if cost is not None else "")
        )


@dataclass
class Ledger:
    """What an extraction asked, took, kept and dropped; drops are counted by reason."""

    model: str
    requests: int = 0
    failed: int = 0
    cached: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    kept: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    price: Price | None = None

    def lines(self) -> Iterator[str]:
        """Say it in a line, and the drops in a second."""
        cost = self.price and self.price.of(self.tokens_in, self.tokens_out)
        yield (
            f"{self.model}: {self.requests} requests ({self.failed} failed), {self.cached} from "
            f"the cache, {self.tokens_in:,} tokens in, {self.tokens_out:,} out"
            + (f", {cost:,.2f} by your prices" if cost is not None else "")
            + f"; {self.kept} claims kept, {sum(self.dropped.values())} dropped"
        )
        if self.dropped:
            yield "dropped: " + ", ".join(f"{n} {why}" for why, n in sorted(self.dropped.items()))

    def to_json(self) -> dict[str, Any]:
        """Return the ledger for `--json`."""
        return {
            "model": self.model,
            "requests": self.requests,
            "failed": self.failed,
            "cached": self.cached,
            "tokens_in": self.tokens_in,
            "tokens_out": self.tokens_out,
            "kept": self.kept,
            "dropped": dict(sorted(self.dropped.items())),
        }


class Budget:
    """A cap on tokens, shared by threads: what is reserved counts as spent until it is settled.

    Estimates are corrected by what the answers so far really took.
    """

    def __init__(self, limit: int | None) -> None:
        self.limit = limit
        self.spent = 0
        self._reserved = 0
        self._open = 0
        self._ratio = 1.0
        self._changed = Condition()

    def reserve(self, tokens_in: int, most_out: int) -> int | None:
        """Set tokens aside for one request; ``None`` when they would exceed the cap.

        Waits for requests under way while their end may make room.
        """
        with self._changed:
            while True:
                need = round(tokens_in * self._ratio) + most_out
                if self.limit is None or self.spent + self._reserved + need <= self.limit:
                    self._reserved += need
                    self._open += 1
                    return need
                if not self._open or self.spent + need > self.limit:
                    return None
                self._changed.wait()

    def settle(self, reserved: int, estimated_in: int, tokens_in: int, tokens_out: int) -> None:
        """Replace what was reserved for a request by what it took."""
        with self._changed:
            self._reserved -= reserved
            self._open -= 1
            self.spent += tokens_in + tokens_out
            if estimated_in:
                self._ratio = max(self._ratio, tokens_in / estimated_in)
            self._changed.notify_all()
