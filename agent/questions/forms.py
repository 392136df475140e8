"""Questions with a logic of their own: all of several, all but one, how two are connected.

What they look like stands in ``forms.yaml``; here it is matched between the names that a
question says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from agent.korean import particle
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


def apart(text: str, linker: Linker, classes: Mapping[str, str]) -> list[tuple[Link, str]]:
    """Return the names of which a question asks one thing of each, with the question for it.

    They are of one class; none where they are ranked, summed or tied.
    """
    form = data("forms")["apart"]
    if not re.search("[가-힣]", text) or re.search(form["not"], text):
        return []
    for run in _runs(text, linker.find(text)):
        kinds = [{classes.get(e) for e in link.entities} for link in run]
        alike = set.intersection(*kinds) or re.search(form["of_each"], text)
        if len(run) > form["most"] or not alike:
            continue
        before, rest = text[: run[0].start], text[run[-1].end :]
        if not re.search(form["pattern"], rest):
            continue
        for words, instead in form["instead"].items():
            rest = re.sub(words, instead, rest)
        return [(link, _put(before, link.text, rest)) for link in run]
    return _measures_apart(text)


def _measures_apart(text: str) -> list[tuple[Link, str]]:
    """Two figures that are asked for at once ("매출과 영업이익은?"), with the question for each."""
    from extractors.values.metric_data import load_metrics

    joiner = re.compile(rf"\s*{data('forms')['joiners']}\s*")
    for one, two in pairwise(load_metrics().pattern.finditer(text)):
        if joiner.fullmatch(text[one.end() : two.start()]):
            before, rest = text[: one.start()], text[two.end() :]
            return [
                (Link(m.start(), m.end(), m["word"], ()), f"{before}{m['word']}{rest}")
                for m in (one, two)
            ]
    return []


def _put(before: str, name: str, rest: str) -> str:
    """Ask of one what is asked of several; what stands before them may be what is asked for."""
    if asked := re.fullmatch(r"(.*\S)[을를]\s", before):
        before, name = "", f"{name}의 {asked[1]}"
    whole = f"{before}{name}{rest}"
    return re.sub(r"(\S)은/는", lambda m: m[1] + particle(m[1], "은/는"), whole)


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
