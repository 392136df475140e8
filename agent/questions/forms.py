"""Questions with a logic of their own: all of several, all but one, how two are connected.

What they look like stands in ``forms.yaml``; here it is matched between the names that a
question says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from agent.questions.linking import Link, Linker
from agent.words import data

Role = Literal["subject", "object", "either"]


@dataclass(frozen=True, slots=True)
class Joint:
    """The names of which all are meant at once; ``role`` is that of what is asked for."""

    links: tuple[Link, ...]
    role: Role
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Excluded:
    """A name that is left out, with the words that say so at ``start:end``."""

    link: Link
    start: int
    end: int


def joint(text: str, linker: Linker) -> Joint | None:
    """Find the names that a question wants all at once ("A와 B 둘 다와 일하는")."""
    form = data("forms")["both"]
    for names in _runs(text, linker.find(text)):
        first, last = names[0], names[-1]
        rest = text[last.end :]
        if after := re.match(form["after"], rest, re.I):
            told = rest[: after.end() + 2]
            acting = re.search(form["acting"], told) is not None
            role: Role = (
                "object" if acting else "either" if re.search(form["bare"], told) else "subject"
            )
            return Joint(tuple(names), role, first.start, last.end + after.end())
        if before := re.search(form["before"], text[: first.start], re.I):
            acting = re.search(form["acting_before"], text[: first.start], re.I) is not None
            return Joint(tuple(names), "object" if acting else "subject", before.start(), last.end)
    return None


def excluded(text: str, linker: Linker) -> Excluded | None:
    """Find the name that a question leaves out ("A 말고", "other than A")."""
    form = data("forms")["without"]
    for link in linker.find(text):
        if after := re.match(form["after"], text[link.end :], re.I):
            return Excluded(link, link.start, link.end + after.end())
        if before := re.search(form["before"], text[: link.start], re.I):
            return Excluded(link, before.start(), link.end)
    return None


def tied(text: str, linker: Linker) -> tuple[Link, Link] | None:
    """Return the two names whose connection a question asks for, if it does."""
    if not re.search(data("forms")["ties"]["pattern"], text, re.I):
        return None
    links = linker.find(text)
    runs = [run for run in _runs(text, links) if len(run) == len(links) == 2]
    if not runs or set(runs[0][0].entities) & set(runs[0][1].entities):
        return None
    return runs[0][0], runs[0][1]


def asks_change(text: str) -> Literal["new", "changed"] | None:
    """Tell whether a question asks what a week brought: only what is new, or all changes."""
    form = data("forms")["changes"]
    if not re.search(form["week"], text, re.I) or re.search(form["not"], text, re.I):
        return None
    if re.search(form["changed"], text, re.I):
        return "changed"
    return "new" if re.search(form["new"], text, re.I) else None


def _runs(text: str, links: Sequence[Link]) -> list[list[Link]]:
    """Stretches of two or more names with only a joiner between them."""
    joiner = re.compile(rf"\s*{data('forms')['joiners']}*\s*", re.I)
    runs: list[list[Link]] = []
    for link in links:
        between = text[runs[-1][-1].end : link.start] if runs else ""
        if runs and between.strip() and joiner.fullmatch(between):
            runs[-1].append(link)
        else:
            runs.append([link])
    return [run for run in runs if len(run) > 1]
