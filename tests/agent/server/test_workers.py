"""Processes led by threads: order, errors, deaths and the end."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from functools import partial
from operator import truediv
from pathlib import Path

import pytest

from agent.server.workers import Workers, result

ROOT = Path(__file__).parents[3]
LEFT_ALONE = """
import os, time
from agent.server.workers import Workers, result
if __name__ == "__main__":
    workers = Workers(2, os.getpid, ())
    print(result(workers.submit(os.getpid).result(60)))
"""


@pytest.fixture
def one() -> Iterator[Workers]:
    workers = Workers(1, os.getpid, ())
    yield workers
    workers.close()


def test_calls_are_made_elsewhere_in_their_order(one: Workers) -> None:
    pids = {result(one.submit(os.getpid).result(60)) for _ in range(3)}
    assert pids == one.pids
    assert os.getpid() not in pids
    futures = [one.submit(time.monotonic_ns) for _ in range(20)]
    times = [result(future.result(60)) for future in futures]
    assert times == sorted(times)


def test_an_error_is_the_callers_and_tells_where_it_was(one: Workers) -> None:
    before = result(one.submit(os.getpid).result(60))
    with pytest.raises(ZeroDivisionError) as raised:
        result(one.submit(partial(truediv, 1, 0)).result(60))
    assert "Traceback" in raised.value.__notes__[0]
    assert result(one.submit(os.getpid).result(60)) == before


def test_who_dies_is_replaced(one: Workers) -> None:
    before = result(one.submit(os.getpid).result(60))
    with pytest.raises(BrokenExecutor):
        one.submit(partial(os._exit, 3)).result(60)
    assert one.pids == frozenset()
    assert result(one.submit(os.getpid).result(60)) != before


def test_all_garbage_is_collected_when_nobody_asks(one: Workers) -> None:
    def whole() -> int:
        return int(result(one.submit(gc.get_stats).result(60))[2]["collections"])

    before = whole()
    assert whole() == before
    time.sleep(2)
    assert whole() == before + 1


def test_what_is_being_done_is_finished_and_what_waits_is_not_begun(tmp_path: Path) -> None:
    workers = Workers(1, os.getpid, ())
    result(workers.submit(os.getpid).result(60))
    doing = workers.submit(partial(time.sleep, 0.5))
    waiting = workers.submit(partial(os.mkdir, str(tmp_path / "begun")))
    time.sleep(0.2)
    workers.close()
    assert result(doing.result(0)) is None
    assert waiting.cancelled()
    assert not (tmp_path / "begun").exists()
    assert workers.pids == frozenset()


def test_a_program_that_does_not_close_them_ends_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "left.py"
    file.write_text(LEFT_ALONE, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, str(file)], check=True, capture_output=True, env=environment, timeout=60
    )
    pid = int(done.stdout)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
