"""Where questions are answered: processes beside the one that speaks HTTP.

Answering is work for a processor, and Python runs one thread of it at a time; so it
happens in processes of its own, and pages stay quick while many ask. Every piece of work
sees one generation from beginning to end: the one that is current when it starts.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import BrokenExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from agent.server.errors import Refused
from agent.server.workers import Workers, result
from agent.weeks.watch import stamp
from kg.workspace import Workspace

if TYPE_CHECKING:
    from agent.answerer import Answerer

T = TypeVar("T")
WARMING = "안녕하세요?"


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What a piece of work gave, and the generation it saw."""

    generation: int
    value: T


class Desk:
    """Runs functions of an answerer over the current generation of a workspace.

    ``processes`` work side by side; 0 is one thread of this process. ``cached`` results
    are kept while their generation is current and the watches are the same. ``seconds`` is
    how long a caller waits.
    """

    def __init__(
        self, workspace: Workspace, *, processes: int = 0, cached: int = 0, seconds: float = 60.0
    ) -> None:
        self.workspace = workspace
        self._processes = processes
        self._cached = cached
        self._seconds = seconds
        self._kept: OrderedDict[Hashable, Done[Any]] = OrderedDict()
        self._workers: Workers | None = None
        self._thread: ThreadPoolExecutor | None = None

    async def run(self, work: Callable[..., T], *args: Hashable, **options: Hashable) -> Done[T]:
        """Run ``work(answerer, *args, **options)``, or remember what it gave.

        ``work`` is a function of a module, pure but for its speed. Raises what it raises,
        WorkspaceError without a workspace, Refused when it takes too long.
        """
        number = self.workspace.generation().number
        seen = number, stamp(self.workspace.home)
        key = (seen, work.__qualname__, args, tuple(sorted(options.items())))
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        done: Done[T] = await self._elsewhere(work, args, options)
        if self._cached and done.generation == number:
            self._kept[key] = done
            while len(self._kept) > self._cached:
                self._kept.popitem(last=False)
        return done

    async def _elsewhere(
        self, work: Callable[..., T], args: tuple[Any, ...], options: dict[str, Any]
    ) -> Done[T]:
        call = partial(_work, str(self.workspace.home), work, args, options)
        for _ in (1, 2):  # what a process that died took along is done once more by another
            try:
                async with asyncio.timeout(self._seconds):
                    return await self._done(call)
            except BrokenExecutor:
                continue
            except TimeoutError:
                break
        raise Refused(
            503,
            f"no answer after {self._seconds:g} s or its process ended: expected one by then; "
            "ask something simpler or try again",
        )

    async def _done(self, call: Callable[[], Done[T]]) -> Done[T]:
        """Let a process or the thread make a call."""
        if self._processes:
            if self._workers is None:
                home = str(self.workspace.home)
                self._workers = Workers(self._processes, _prepare, (home,))
            done: Done[T] = result(await asyncio.wrap_future(self._workers.submit(call)))
            return done
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="desk")
        return await asyncio.wrap_future(self._thread.submit(call))

    @property
    def pids(self) -> frozenset[int]:
        """The ids of the processes that answer now."""
        return self._workers.pids if self._workers else frozenset()

    async def warm(self) -> None:
        """Start the processes and let each load what a first question needs."""
        if self.workspace.exists:
            call = partial(_work, str(self.workspace.home), _greet, (), {})
            await asyncio.gather(*(self._done(call) for _ in range(max(self._processes, 1))))

    def close(self) -> None:
        """End the processes; what they are doing is finished first."""
        if self._workers is not None:
            self._workers.close()
            self._workers = None
        if self._thread is not None:
            self._thread.shutdown(wait=True, cancel_futures=True)
            self._thread = None


_ANSWERERS: dict[str, tuple[Workspace, Answerer]] = {}
"""In a working process: the answerer of each workspace's newest generation seen."""


def answerer_of(home: str) -> Answerer:
    """Return the answerer over the current generation; a new one when that has moved on."""
    from agent.answerer import Answerer

    workspace, answerer = _ANSWERERS.get(home) or (Workspace(Path(home)), None)
    generation = workspace.generation()
    if answerer is None or answerer.generation is not generation:
        answerer = Answerer(generation, answerer)
        _ANSWERERS[home] = workspace, answerer
    return answerer


def _work(
    home: str, work: Callable[..., T], args: tuple[Any, ...], options: dict[str, Any]
) -> Done[T]:
    answerer = answerer_of(home)
    return Done(answerer.generation.number, work(answerer, *args, **options))


def _greet(answerer: Answerer) -> None:
    answerer.ask(WARMING)


def _prepare(home: str) -> None:
    """Leave Ctrl-C to the process that speaks HTTP, and load the workspace."""
    import signal

    from kg.search.embedders import compare_by_number

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    compare_by_number()
    if Workspace(Path(home)).exists:
        _greet(answerer_of(home))
