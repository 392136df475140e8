"""Processes that work for this one: a thread leads each, over a pipe of its own.

A :class:`~concurrent.futures.ProcessPoolExecutor` passes every call and every result
through threads and queues of its own, which took as long as some answers do. Here the
thread that waits for a call writes it to a process and reads what comes back.
"""

from __future__ import annotations

import gc
import pickle
import traceback
from collections import deque
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor
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
    """One process and our end of its pipe; it ends when that is closed."""

    process: SpawnProcess
    pipe: Connection

    def end(self) -> None:
        self.pipe.close()
        self.process.join()


class Workers:
    """``count`` processes, started when they are needed; calls are served in their order.

    Each runs ``prepare(*args)`` before its first call. One that dies is replaced.
    """

    def __init__(self, count: int, prepare: Callable[..., object], args: tuple[Any, ...]) -> None:
        self._start = prepare, args
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="worker")
        self._all: set[_Worker] = set()
        self._idle: deque[_Worker] = deque()  # whoever waits longest goes first: all stay warm
        # At the end of this process too, and before it waits for the others to end.
        self._end = Finalize(self, _end_all, (self._all,), exitpriority=10)

    @property
    def pids(self) -> frozenset[int]:
        """The ids of the processes that there are now."""
        return frozenset(worker.process.pid for worker in tuple(self._all) if worker.process.pid)

    def submit(self, call: Callable[[], Any]) -> Future[bytes]:
        """Let a process make a call that can be pickled; :func:`result` opens what comes back.

        The future raises BrokenExecutor when the process dies.
        """
        return self._threads.submit(self._lead, pickle.dumps(call))

    def _lead(self, call: bytes) -> bytes:
        try:
            worker = self._idle.popleft()
        except IndexError:
            worker = self._started()
        try:
            worker.pipe.send_bytes(call)
            answer = worker.pipe.recv_bytes()
        except (EOFError, OSError) as error:
            self._all.discard(worker)
            worker.end()
            raise BrokenExecutor(f"process {worker.process.pid} ended") from error
        self._idle.append(worker)
        return answer

    def _started(self) -> _Worker:
        context = get_context("spawn")  # a fork would inherit sockets and threads
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, *self._start))
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._all.add(worker)
        return worker

    def close(self) -> None:
        """End the processes; what they are doing is finished first, what waits is not begun."""
        self._threads.shutdown(wait=True, cancel_futures=True)
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
