"""Line editing on the terminal: history, and completion of names and commands."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from kg.identity import fold

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import Completer
    from prompt_toolkit.input import Input
    from prompt_toolkit.output import Output

_COMMANDS = (
    *("/sources", "/sparql", "/explain", "/more", "/history", "/save", "/load", "/clear"),
    *("/help", "/quit"),
)
_MOST = 20
_WORDS = 4  # a name may be of several words ("SK 하이닉스")


class Names:
    """Names by what they begin with, folded."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted({(fold(name), name) for name in names if fold(name)})

    def beginning(self, typed: str) -> list[str]:
        """Return the names that begin with what was typed, at most twenty."""
        key = fold(typed)
        if not key:
            return []
        first = bisect_left(self._names, (key, ""))
        following = self._names[first : first + _MOST]
        return [name for _, name in takewhile(lambda pair: pair[0].startswith(key), following)]

    def completions(self, before: str) -> list[tuple[str, int]]:
        """Return names that complete the end of a line, each with how much it replaces."""
        if before.startswith("/"):
            return [(c, len(before)) for c in _COMMANDS if c.startswith(before)]
        words = before.split(" ")
        for many in range(min(_WORDS, len(words)), 0, -1):
            typed = " ".join(words[-many:])
            if found := self.beginning(typed) if typed.strip() else []:
                return [(name, len(typed)) for name in found]
        return []


def completer(names: Sequence[str]) -> Completer:
    """Return a prompt_toolkit completer of names and commands."""
    from prompt_toolkit.completion import Completer, Completion
    from prompt_toolkit.document import Document

    known = Names(names)

    class OfNames(Completer):
        """Completes entity names and commands."""

        def get_completions(self, document: Document, event: object) -> Iterable[Completion]:  # noqa: ARG002 - prompt_toolkit's
            for name, length in known.completions(document.text_before_cursor):
                yield Completion(name, start_position=-length)

    return OfNames()


def session(
    names: Sequence[str], *, source: Input | None = None, target: Output | None = None
) -> PromptSession[str]:
    """Return a prompt with history and completion; ``source`` and ``target`` are for tests."""
    from prompt_toolkit import PromptSession

    return PromptSession(
        completer=completer(names), complete_while_typing=False, input=source, output=target
    )


def reader(names: Sequence[str]) -> Callable[[], str]:
    """Return a function that reads one line from the terminal."""
    prompt = session(names)
    return lambda: prompt.prompt("› ")
