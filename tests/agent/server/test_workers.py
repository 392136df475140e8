"""Processes that a loop watches: order, errors, deaths and the end."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import BrokenExecutor
from functools import partial
from operator import truediv
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from agent.server.workers import Workers, result

pytestmark = pytest.mark.asyncio
ROOT = Path(__file__).parents[3]
LEFT_ALONE = """
import asyncio, os
from agent.server.workers import Workers, result
async def ask():
    return result(await workers.submit(os.getpid))
if __name__ == "__main__":
    workers = Workers(2, os.getpid, ())
    print(asyncio.run(ask()))
"""


@pytest_asyncio.fixture
async def one() -> AsyncIterator[Workers]:
    workers = Workers(1, os.getpid, ())
    yield workers
    workers.close()


async def done(workers: Workers, call: Callable[[], Any]) -> Any:
    async with asyncio.timeout(60):
        return result(await workers.submit(call))


async def test_calls_are_made_elsewhere_in_their_order(one: Workers) -> None:
    pids = {await done(one, os.getpid) for _ in range(3)}
    assert pids == one.pids
    assert os.getpid() not in pids
    times = await asyncio.gather(*(done(one, time.monotonic_ns) for _ in range(20)))
    assert times == sorted(times)


async def test_an_error_is_the_callers_and_tells_where_it_was(one: Workers) -> None:
    before = await done(one, os.getpid)
    with pytest.raises(ZeroDivisionError) as raised:
        await done(one, partial(truediv, 1, 0))
    assert "Traceback" in raised.value.__notes__[0]
    assert await done(one, os.getpid) == before


async def test_who_dies_is_replaced(one: Workers) -> None:
    before = await done(one, os.getpid)
    with pytest.raises(BrokenExecutor):
        await done(one, partial(os._exit, 3))
    assert one.pids == frozenset()
    assert await done(one, os.getpid) != before


async def test_who_dies_with_nothing_to_do_is_missed_by_nobody(one: Workers) -> None:
    before = await done(one, os.getpid)
    os.kill(before, signal.SIGKILL)
    while one.pids:
        await asyncio.sleep(0.01)
    assert await done(one, os.getpid) != before


async def test_what_nobody_waits_for_any_longer_is_not_begun(one: Workers, tmp_path: Path) -> None:
    doing = one.submit(partial(time.sleep, 0.5))
    waiting = one.submit(partial(os.mkdir, str(tmp_path / "begun")))
    doing.cancel()
    waiting.cancel()
    assert await done(one, os.getpid) in one.pids
    assert not (tmp_path / "begun").exists()


async def test_an_answer_may_be_long(one: Workers) -> None:
    assert await done(one, partial(bytes, 10_000_000)) == bytes(10_000_000)


async def test_all_garbage_is_collected_when_nobody_asks(one: Workers) -> None:
    async def whole() -> int:
        return int((await done(one, gc.get_stats))[2]["collections"])

    before = await whole()
    assert await whole() == before
    await asyncio.sleep(2)
    assert await whole() == before + 1


async def test_what_is_being_done_is_finished_and_what_waits_is_not_begun(tmp_path: Path) -> None:
    workers = Workers(1, os.getpid, ())
    await done(workers, os.getpid)
    doing = workers.submit(partial(time.sleep, 0.5))
    waiting = workers.submit(partial(os.mkdir, str(tmp_path / "begun")))
    await asyncio.sleep(0.2)
    workers.close()
    assert result(await doing) is None
    assert waiting.cancelled()
    assert not (tmp_path / "begun").exists()
    assert workers.pids == frozenset()


async def test_a_program_that_does_not_close_them_ends_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "left.py"
    file.write_text(LEFT_ALONE, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    program = await asyncio.create_subprocess_exec(
        sys.executable, str(file), stdout=subprocess.PIPE, env=environment
    )
    async with asyncio.timeout(60):
        told, _ = await program.communicate()
    assert program.returncode == 0
    with pytest.raises(ProcessLookupError):
        os.kill(int(told), 0)
