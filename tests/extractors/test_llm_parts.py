"""The parts under a model's reading: retries, the gate, the budget, the cache."""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from email.utils import format_datetime
from types import SimpleNamespace

import httpx
import pytest

from extractors.errors import ExtractionError
from extractors.llm.budget import Budget, Estimate, Ledger, Price, estimated_tokens
from extractors.llm.cache import Reply, ReplyCache, cache_folder
from extractors.llm.retry import (
    Gate,
    Patience,
    Stopped,
    asked_wait,
    is_lost,
    is_passing,
    persistently,
    status_of,
)


class Refused(Exception):
    def __init__(self, status: int, code: str | None = None, **headers: str) -> None:
        self.code = code
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.response = httpx.Response(status, headers=named)


def test_how_long_to_wait_is_read_in_seconds_or_as_a_date():
    assert asked_wait(Refused(429, retry_after="7")) == 7
    assert asked_wait(Refused(429, retry_after="0.5")) == 0.5
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=90)
    assert asked_wait(Refused(503, retry_after=format_datetime(soon))) == pytest.approx(90, abs=2)
    past = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    assert asked_wait(Refused(503, retry_after=format_datetime(past))) == 0
    assert asked_wait(Refused(429, retry_after="soon")) is None
    assert asked_wait(Refused(429)) is None
    assert asked_wait(ValueError()) is None


def test_what_passes_and_what_does_not():
    assert all(is_passing(Refused(status)) for status in (408, 429, 500, 502, 503, 504, 529))
    assert not any(is_passing(Refused(status)) for status in (400, 401, 403, 404, 422))
    assert not is_passing(Refused(429, code="insufficient_quota"))
    assert not is_passing(Refused(429, retry_after="7200"))
    assert is_passing(httpx.ConnectError("refused"))
    assert is_passing(TimeoutError())
    assert not is_passing(ValueError("a bug of ours"))
    assert is_lost(httpx.ReadTimeout("slow"))
    assert not is_lost(Refused(500))
    assert status_of(SimpleNamespace(status_code=418)) == 418  # type: ignore[arg-type]  # a stand-in


def test_it_is_tried_until_it_succeeds_or_often_enough():
    patience, left = Patience(attempts=3, first=0.001, longest=0.002), [Refused(500), Refused(429)]

    def call() -> str:
        if left:
            raise left.pop()
        return "done"

    assert persistently(call, Gate(), patience) == "done"
    tries: list[int] = []

    def never() -> str:
        tries.append(1)
        raise Refused(500)

    with pytest.raises(Refused):
        persistently(never, Gate(), patience)
    assert len(tries) == 3


def test_a_closed_gate_holds_everybody_and_a_stop_frees_them():
    gate, begun = Gate(), time.monotonic()
    gate.close(0.2)
    gate.wait()
    assert time.monotonic() - begun >= 0.2
    gate.close(60)
    threading.Timer(0.1, gate.stop).start()
    with pytest.raises(Stopped):
        gate.wait()
    with pytest.raises(Stopped):
        gate.sleep(60)
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("", 60),
        ("엔비디아는 회사를 인수했다", 60),
        ("NVIDIA acquired the company", 60),
        ("가" * 800, 900),
    ],
)
def test_tokens_are_estimated_from_above_but_not_far(text, most):
    syllables = sum("가" <= ch <= "힣" for ch in text)
    assert syllables * 0.5 + (len(text) - syllables) / 4 <= estimated_tokens(text) <= most


def test_a_budget_counts_what_is_under_way_and_learns_from_answers():
    budget = Budget(1000)
    first = budget.reserve(100, 400)
    assert first == 500
    assert budget.reserve(100, 350) == 450
    budget.settle(first, 100, 200, 10)  # twice what was estimated
    assert budget.spent == 210
    budget.settle(450, 100, 100, 10)
    assert budget.reserve(200, 290) is None, "200 are 400 by now"
    assert budget.reserve(200, 280) == 680


def test_a_budget_waits_for_what_may_make_room():
    budget = Budget(1000)
    held = budget.reserve(100, 800)
    got: list[int | None] = []
    thread = threading.Thread(target=lambda: got.append(budget.reserve(100, 800)))
    thread.start()
    thread.join(0.1)
    assert got == []
    budget.settle(held, 100, 50, 10)
    thread.join(5)
    assert got == [900]
    assert Budget(100).reserve(100, 800) is None


def test_prices_are_told_with_the_estimate_and_the_ledger():
    price = Price(2.0, 10.0)
    estimate = Estimate("m:x", 10, 4, 5, 1, 1_000_000, 100_000, price)
    assert (
        "10 passages, 4 of them without a cue; 5 requests (1 more answered before)"
        in estimate.line()
    )
    assert "at most 3.00 by your prices" in estimate.line()
    ledger = Ledger("m:x", requests=5, tokens_in=500_000, tokens_out=50_000, price=price)
    ledger.dropped["said twice"] = 2
    assert next(ledger.lines()).startswith("m:x: 5 requests (0 failed), 0 from the cache")
    assert "1.50 by your prices" in next(ledger.lines())
    assert list(ledger.lines())[1] == "dropped: 2 said twice"
    assert ledger.to_json()["dropped"] == {"said twice": 2}


def test_replies_come_back_as_they_were(tmp_path):
    cache = ReplyCache(tmp_path / "deep" / "replies.sqlite")
    assert cache.get("k") is None
    assert not cache.path.exists(), "nothing is made by looking"
    reply = Reply(({"predicate": "acquires", "quote": "인수"}, 7), 10, 3, "answers cut off")
    cache.put("k", "m:x", reply)
    cache.put("k", "m:x", Reply((), 0, 0))
    assert ReplyCache(cache.path).get("k") == reply
    assert cache.get("other") is None


def test_many_threads_and_caches_share_one_file(tmp_path):
    path = tmp_path / "replies.sqlite"

    def put(n: int) -> None:
        ReplyCache(path).put(f"k{n % 20}", "m:x", Reply((n % 20,), n % 20, 0))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(put, range(80)))
    assert [ReplyCache(path).get(f"k{n}").claims for n in range(20)] == [(n,) for n in range(20)]


def test_a_damaged_cache_is_told_in_one_line(tmp_path):
    path = tmp_path / "replies.sqlite"
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(ExtractionError, match="KG_CACHE") as caught:
        ReplyCache(path).get("k")
    assert "\n" not in str(caught.value)
    assert isinstance(caught.value.__cause__, sqlite3.Error)


def test_the_cache_lies_where_the_user_says(monkeypatch, tmp_path):
    monkeypatch.setenv("KG_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.delenv("KG_CACHE")
    assert cache_folder().name == "kg"
