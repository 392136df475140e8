"""Reports that differ: another value for the same thing, told beside the one that answers.

The same subject, relation, object, measure and period with another value, in another
report or from another source of the same one. What the latest report says comes first.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from agent.answer import Sentence
from agent.evidence.scoring import Scored
from agent.questions.periods import grain
from agent.questions.question import Question
from agent.replies.phrasing import wording
from agent.replies.quoting import Reply
from agent.replies.wording import say
from agent.words import data, pattern
from kg.claim import Claim, Value
from kg.quantities import comparable
from kg.statements import Canon, statements, table_of
from kg.vocab import PREDICATES

_LIKE_BEST = 0.6  # of the best score, for a claim to be about the same
_SURE = Decimal("0.7")
_ROUNDING = Decimal("0.02")  # so much apart, two figures are one rounded
_MOST = 3  # of claims told: a list of many is no figure that another may contradict
_ROOM = 400


def reconciled(
    reply: Reply, question: Question, scored: Sequence[Scored], dates: Mapping[str, dt.date]
) -> Reply:
    """Say first what the latest report gives for the figure told, then what differs from it.

    The reply as it is where nothing differs, or where it lists more than a few claims.
    """
    from agent.replies.replies import said

    group = views(reply.claims, scored) if 0 < len(reply.claims) <= _MOST else []
    if not group:
        return reply
    newest = max(dates[c.evidence.report] for c in group)
    told = {c.id for c in reply.claims}
    main = next(c for c in sorted(group, key=lambda c: c.id not in told) if _on(c, newest, dates))
    others = [c for c in group if _differ(main, c) and not _come(main, c, dates)]
    if not others and (later := _undated(main, question, scored, dates)):
        rival = _rival(main, later, question, dates[later.evidence.report])
        return replace(reply, sentences=(*reply.sentences, rival), claims=(*reply.claims, later))
    if not others:
        return reply
    other = max(others, key=lambda c: (dates[c.evidence.report], c.confidence, c.id))
    rival = _rival(main, other, question, dates[other.evidence.report])
    places = {(c.evidence.report, c.evidence.start) for c in group}
    rest = [
        s
        for s in reply.sentences
        if s.quoted or not any((e.report, e.start) in places for e in s.evidence)
    ]
    sentences = [said([main], question), rival]
    for sentence in rest:
        if sum(len(s.text) for s in (*sentences, sentence)) <= _ROOM:
            sentences.append(sentence)
    kept = [c for c in reply.claims if c.id not in {g.id for g in group}]
    return replace(reply, sentences=tuple(sentences), claims=(main, other, *kept))


def _undated(
    main: Claim, question: Question, scored: Sequence[Scored], dates: Mapping[str, dt.date]
) -> Claim | None:
    """The last of a later report's figures for the same that tells no time of its own.

    It counts where the time asked for is the year of that report.
    """
    day, period = dates[main.evidence.report], main.qualifiers.get("period", "")
    canon = Canon((main, *(s.claim for s in scored)))
    bare = replace(main, qualifiers={k: v for k, v in main.qualifiers.items() if k != "period"})
    about = _about(bare, canon)
    found = [
        s.claim
        for s in scored
        if period in question.periods
        and dates[s.claim.evidence.report] > day
        and period == str(dates[s.claim.evidence.report].year)
        and _has_value(s.claim)
        and s.claim.modality != "denied"
        and _about(s.claim, canon) == about
        and _differ(main, s.claim)
    ]
    return max(found, key=lambda c: (dates[c.evidence.report], c.confidence, c.id), default=None)


def _on(claim: Claim, day: dt.date, dates: Mapping[str, dt.date]) -> bool:
    return dates[claim.evidence.report] == day


def _come(main: Claim, other: Claim, dates: Mapping[str, dt.date]) -> bool:
    """Whether one was only foreseen, and by no later report, for what the other says it came to."""
    later = dates[other.evidence.report] > dates[main.evidence.report]
    return main.modality == "fact" and other.modality in ("forecast", "plan") and not later


def _rival(main: Claim, other: Claim, question: Question, day: dt.date) -> Sentence:
    """The other view: of another report with its date, of the same one with its source."""
    texts = wording()["conflict"][question.language]
    same = main.evidence.report == other.evidence.report
    said = say([other], question.language)
    text = texts["source" if same else "report"].format(date=day.isoformat(), said=said)
    return Sentence(text, (other.evidence,), modalities=(other.modality,))


def views(told: Sequence[Claim], scored: Sequence[Scored]) -> list[Claim]:
    """Return all claims about the same figure as the first of ``told``, best first."""
    first = next((claim for claim in told if _has_value(claim)), None)
    if first is None:
        return []
    near = _near(scored)
    every = {c.id: c for c in (first, *(c for c in told if _has_value(c)), *near)}
    canon = Canon(every.values())
    about = _about(first, canon)
    same = [c for c in every.values() if about is not None and _about(c, canon) == about]
    return [c for c in same if not former(c)] or same


def former(claim: Claim) -> bool:
    """Tell whether a claim stands in a column of what was thought before ("지난 추정")."""
    where = f"{claim.qualifiers.get('basis', '')} {claim.evidence.column or ''}"
    return pattern("former").search(where) is not None


def _near(scored: Sequence[Scored]) -> list[Claim]:
    best = max((s.score for s in scored), default=0.0)
    return [
        s.claim
        for s in scored
        if s.score >= _LIKE_BEST * best
        and _has_value(s.claim)
        and s.claim.confidence >= _SURE
        and s.claim.modality != "denied"
    ]


def _has_value(claim: Claim) -> bool:
    """Whether a claim gives a figure that holds for good: not a price, score or return of a day."""
    value, period = claim.value, claim.qualifiers.get("period", "")
    if value is None or value.minimum is None or not PREDICATES[claim.predicate].functional:
        return False
    metric = claim.qualifiers.get("metric", "")
    moving = claim.predicate == "scores" or re.search(data("forms")["conflicts"]["moving"], metric)
    return not moving and (not period or grain(period) != "span")


def _about(claim: Claim, canon: Canon) -> tuple[object, ...] | None:
    """Subject, relation, object, measure and period, whoever says it."""
    made = statements([claim], canon)
    return (made[0].about, claim.qualifiers.get("period")) if made else None


def _differ(a: Claim, b: Claim) -> bool:
    if table_of(a) is not None and table_of(a) == table_of(b):
        return False  # two cells of one table are of two things
    return comparable(a.value, b.value) and not _agree(a, b)


def _agree(a: Claim, b: Claim) -> bool:
    """Whether two values may be one: their ranges meet, or are apart by rounding only."""
    one, two = _ends(a.value), _ends(b.value)
    if one is None or two is None:
        return True
    gap = max(one[0] - two[1], two[0] - one[1], Decimal(0))
    return gap <= _ROUNDING * max(abs(one[1]), abs(two[1]))


def _ends(value: Value | None) -> tuple[Decimal, Decimal] | None:
    if value is None or value.minimum is None:
        return None
    return value.minimum, value.minimum if value.maximum is None else value.maximum
