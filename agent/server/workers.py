"""Processes that work for this one: the event loop watches a pipe to each.

A :class:`~concurrent.futures.ProcessPoolExecutor` passes every call and every result
through threads and queues of its own, which took as long as some answers do. Here the
loop writes a call to a process that does nothing, and reads its answer when it is there.
"""

from __future__ import annotations

import asyncio
import gc
import pickle
import traceback
from collections import deque
from collections.abc import Callable
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.util import Finalize
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

_QUIET = 1.0
"""Seconds without a call after which a process collects all its garbage."""

_RARELY = 1_000
"""So many collections of what is young go before one of all."""


@dataclass(frozen=True, slots=True)
class _Worker:
    """One process and our end of its pipe, which a loop watches; it ends when that is closed."""

    process: SpawnProcess
    pipe: Connection
    loop: asyncio.AbstractEventLoop

    def end(self) -> None:
        self.loop.remove_reader(self.pipe.fileno())
        self.pipe.close()
        self.process.join()


class Workers:
    """``count`` processes, started when they are needed; calls are served in their order.

    Each runs ``prepare(*args)`` before its first call. One that dies is replaced. All is
    done in the event loop that the first call is made in.
    """

    def __init__(self, count: int, prepare: Callable[..., object], args: tuple[Any, ...]) -> None:
        self._count = count
        self._start = prepare, args
        self._all: set[_Worker] = set()
        self._idle: deque[_Worker] = deque()  # whoever waits longest goes first: all stay warm
        self._doing: dict[_Worker, asyncio.Future[bytes]] = {}
        self._waiting: deque[tuple[bytes, asyncio.Future[bytes]]] = deque()
        # At the end of this process too, and before it waits for the others to end.
        self._end = Finalize(self, _end_all, (self._all,), exitpriority=10)

    @property
    def pids(self) -> frozenset[int]:
        """The ids of the processes that there are now."""
        return frozenset(worker.process.pid for worker in self._all if worker.process.pid)

    def submit(self, call: Callable[[], Any]) -> asyncio.Future[bytes]:
        """Let a process make a call that can be pickled; :func:`result` opens what comes back.

        The future raises BrokenExecutor when the process dies. What is cancelled while it
        waits is not begun.
        """
        future: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._waiting.append((pickle.dumps(call), future))
        self._begin()
        return future

    def _begin(self) -> None:
        """Hand out what waits while there is somebody to do it."""
        while self._waiting and (self._idle or len(self._all) < self._count):
            call, future = self._waiting.popleft()
            if future.cancelled():
                continue
            worker = self._idle.popleft() if self._idle else self._started(future.get_loop())
            self._doing[worker] = future
            try:
                worker.pipe.send_bytes(call)
            except OSError:
                self._lose(worker)

    def _started(self, loop: asyncio.AbstractEventLoop) -> _Worker:
        context = get_context("spawn")  # a fork would inherit sockets and threads
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, *self._start))
        process.start()
        theirs.close()
        worker = _Worker(process, ours, loop)
        self._all.add(worker)
        loop.add_reader(ours.fileno(), self._read, worker)
        return worker

    def _read(self, worker: _Worker) -> None:
        """Pass on what a process answers, or that it has ended."""
        try:
            answer = worker.pipe.recv_bytes()
        except (EOFError, OSError):
            self._lose(worker)
        else:
            self._idle.append(worker)
            future = self._doing.pop(worker)
            if not future.done():  # or nobody waits for it any longer
                future.set_result(answer)
        self._begin()

    def _lose(self, worker: _Worker) -> None:
        self._all.discard(worker)
        worker.end()
        future = self._doing.pop(worker, None)
        if future is None:
            self._idle.remove(worker)
        elif not future.done():
            future.set_exception(BrokenExecutor(f"process {worker.process.pid} ended"))

    def close(self) -> None:
        """End the processes; what they are doing is finished first, what waits is not begun."""
        while self._waiting:
            self._waiting.popleft()[1].cancel()
        for worker in tuple(self._doing):
            self._read(worker)
        self._end()


def _end_all(workers: set[_Worker]) -> None:
    while workers:
        workers.pop().end()


def result(answer: bytes) -> Any:
    """Return what a call returned, or raise what it raised."""
    returned, value = pickle.loads(answer)
    if returned:
        return value
    raise value


def _serve(pipe: Connection, prepare: Callable[..., object], args: tuple[Any, ...]) -> None:
    """Make one call after another until the pipe is closed.

    To look through all that a process holds for garbage takes as long as several calls, so
    it is done when nobody waits.
    """
    prepare(*args)
    gc.set_threshold(*gc.get_threshold()[:2], _RARELY)
    while True:
        try:
            if not pipe.poll(_QUIET):
                gc.collect()
            call = pipe.recv_bytes()
            pipe.send_bytes(_answered(call))
        except (EOFError, OSError):
            return


def _answered(call: bytes) -> bytes:
    try:
        return pickle.dumps((True, pickle.loads(call)()))
    except Exception as error:  # whatever it is, it is the caller's
        error.add_note("".join(traceback.format_exception(error)))
        return pickle.dumps((False, error))
