"""Of which time a deed is, where the sentence tells of another deed in a clause before a noun."""

from __future__ import annotations

import re

from extractors.context.scene import Scene
from extractors.language.phrases import Clause
from extractors.values.periods import FoundPeriod

_EARLIER = re.compile(r".*[가-힣](?:\s데\s이어|\s이후|\s뒤|\s후|고\s나서),?\s")
"""What came before a deed, whose time is not the deed's: "지난해 K1을 낸 데 이어 K2를 냈다"."""
_OPENED = re.compile(r"\s[“\"][^”\"]*$")
"""What begins a quotation between a time and a deed, which is told of then: "31일 “K1을 낼 때"."""
_BESIDE = re.compile(r"(?:\([^()]*\))?[에,]?\s?")
_TOPIC_BEFORE = re.compile(r"(?:[은는도],?|[며고],)\s$")


def period_told(scene: Scene, clause: Clause, start: int, end: int) -> str | None:
    """Return the period of a deed told from ``start`` to ``end``: the last that is its own."""
    if not scene.periods:
        return None
    earlier = _EARLIER.match(scene.text, start, clause.start)
    start = earlier.end() if earlier else start
    if _GOING_ON.match(scene.text, clause.stem_end) and (gone := _gone(scene, start, clause)):
        start = gone.end
    elsewhere = _is_of_main if clause.ending == "relative" else _is_of_relative
    others = [
        p
        for p in scene.periods
        if start <= p.start
        and (
            _FORMER.match(scene.text, p.end)
            or elsewhere(scene, clause, p)
            or _OPENED.search(scene.text, p.end, clause.start)
        )
    ]
    return scene.period_for(start, end, others)


_FORMER = re.compile(
    r"(?:에|로|으로)?\s(?:예고|계획|예정|약속|발표|목표로)(?:했|됐|되었|하였|해\s온|하)던\s"
)
"""For when something was meant before: "2025년 하반기로 예고했던 K1의 출시를 앞당겼다"."""
_GOING_ON = re.compile(r"\s중(?:이|에|인|임|입|\W|$)|(?:하|되)고\s있")
"""How what is being done ends: "지난해 K1을 내고 K2를 개발 중이다"."""


def _gone(scene: Scene, start: int, clause: Clause) -> FoundPeriod | None:
    """Return the time gone by of a deed told before one that goes on."""
    done = [c for c in scene.parsed.clauses if c.ending == "connective" and c.end <= clause.start]
    return next(
        (
            p
            for p in reversed(scene.periods)
            if start <= p.start
            and not (p.ahead or p.running)
            and any(p.end <= c.start for c in done)
        ),
        None,
    )


def _is_of_main(scene: Scene, clause: Clause, period: FoundPeriod) -> bool:
    """Tell the time of the main clause: "가나는 지난 4월 [다라가 만든] K2의 수출을 막았다"."""
    if period.end > clause.start or not _TOPIC_BEFORE.search(scene.text, 0, period.start):
        return False
    return not _BESIDE.fullmatch(scene.text, period.end, clause.start)


def _is_of_relative(scene: Scene, clause: Clause, period: FoundPeriod) -> bool:
    """Tell the time of a clause before a noun: "가나는 [지난 3월 공개한] K2를 다라에 공급한다"."""
    return any(
        other.ending == "relative"
        and period.end <= other.start
        and other.end <= clause.start
        and _BESIDE.fullmatch(scene.text, period.end, other.start)
        for other in scene.parsed.clauses
    )
