"""Of which issue "이번 주" is: each series of reports has a newest one of its own."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from agent.korean import fill
from agent.questions.anchors import this_week
from agent.replies.apart import told_apart
from agent.replies.forming import by_form
from agent.replies.hops import two_hops
from agent.replies.phrasing import wording
from agent.replies.quoting import Reply

if TYPE_CHECKING:
    from agent.answer import Sentence
    from agent.answerer import Answerer
    from agent.extent import Extent
    from agent.said import Said
    from kg.generation import ReportInfo

_LATE = dt.timedelta(days=13)  # behind the newest report, an issue may still be this week's
_HEAD = re.compile(r"[:：—–|(\[]|\s-\s|\d")  # what ends the title of all issues
_FIRM = re.compile(r"(?<!\S)(?P<name>[가-힣A-Za-z0-9]{3,}?)(?:은|는|이|가|의|을|를)?(?=[\s?]|$)")
_DATED = re.compile(r"[-_. ]?(?:19|20)\d\d[-_.]?(?:W?\d\d)?(?:[-_.]?\d\d)?.*$")


@dataclass(frozen=True, slots=True)
class Issues:
    """A question without "이번 주", and the newest issues of the series that came out before."""

    text: str
    reports: frozenset[str]


def once(text: str, answerer: Answerer, extent: Extent) -> Said:
    """Answer a question by its form, else in two hops or one, unchecked.

    What is asked of this week, and the newest week does not tell, is answered by the newest
    issues of the other series. Where there are several series, the issue taken is told.
    """
    said, rest = _by_form(text, answerer, extent), this_week(text)
    if said.reply.abstained:
        said = in_brief(text, answerer, extent) or said
    if rest is None:
        return said
    issues = _issues(rest, [r for r in answerer.generation.reports if r.id in extent.reports])
    if issues is None:
        return said
    if said.reply.abstained and issues.reports:
        earlier = _by_form(issues.text, answerer, replace(extent, reports=issues.reports))
        said = said if earlier.reply.abstained else earlier
    return replace(said, reply=_dated(said.reply, answerer, said.question.language))


def in_brief(text: str, answerer: Answerer, extent: Extent) -> Said | None:
    """Answer by the reports that call the firm named for short, and none other so."""
    naming = answerer.naming
    for word in _FIRM.finditer(text):
        name = word["name"]
        brief = naming.brief.of(name)
        if brief is None:
            continue
        meant = (
            r for r in extent.reports if naming.brief.means(brief, name, answerer.report(r).text)
        )
        reports = frozenset(meant)
        asked = text[: word.start("name")] + brief + text[word.end("name") :]
        said = _by_form(asked, answerer, replace(extent, reports=reports)) if reports else None
        if said is not None and not said.reply.abstained:
            return said
    return None


def _by_form(text: str, answerer: Answerer, extent: Extent) -> Said:
    said = _at_once(text, answerer, extent)
    return told_apart(text, said, answerer, lambda part: _at_once(part, answerer, extent)) or said


def _at_once(text: str, answerer: Answerer, extent: Extent) -> Said:
    return (
        by_form(text, answerer, extent)
        or two_hops(text, answerer, extent.reports)
        or answerer.one_hop(text, extent.reports)
    )


def _issues(rest: str, reports: Sequence[ReportInfo]) -> Issues | None:
    """The newest issues of the series that the newest week lacks; ``None`` with one series."""
    newest = {series(report): report for report in reports}  # which come oldest first
    if len(newest) < 2:
        return None
    last = reports[-1]
    others = (r for r in newest.values() if r.week != last.week and last.date - r.date <= _LATE)
    return Issues(rest, frozenset(r.id for r in others))


def series(report: ReportInfo) -> str:
    """Return what the issues of a series share: publisher, else id or title but what follows it."""
    stem = _DATED.sub("", report.id)
    return report.publisher or (stem if stem != report.id else _HEAD.split(report.title)[0].strip())


def _dated(reply: Reply, answerer: Answerer, language: str) -> Reply:
    """Say first of which day the report is that the first sentence cites."""
    first = reply.sentences[0]
    if reply.abstained or not first.evidence:
        return reply
    day = answerer.dates[first.evidence[0].report].isoformat()
    shape = wording()["issue_quoted" if first.quoted else "issue"][language]
    text = fill(shape, day=day, said=first.text)
    opened: Sentence = replace(first, text=text)
    return replace(reply, sentences=(opened, *reply.sentences[1:]))
