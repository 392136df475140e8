"""Where the discourse turns: at a new section, a headline, an item that names its own topic."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.sentences import Sentence
from extractors.classes import BODIES
from extractors.context.attribute_data import attributes_of
from extractors.context.label_lines import TARGET_LINE
from extractors.context.title_lines import title_of
from extractors.context.told_before import Discourse
from kg.claim import Entity

_THINGS = ("Model", "Chip", "Software", "Product", "Facility", "Technology")
_SITES = (*_THINGS, "Policy")
RUNNING = re.compile(
    r"(?:[다요죠함음임됨짐림침김심남봄줌감옴씀움큼힘냄]|[예계]획|예정)\.?[”’\"'*)\d]*\s*$"
)
"""How a list item ends that is a sentence of a running text: "…을 공개함"."""
_LED = re.compile(
    r"[^\w:：]*(?=[^:：]{0,60}[A-Z][A-Za-z]|[^:：]{14,80}[:：])[^:：]{2,80}?(?:\s[:：–—]|[:：])\s"
)
"""What a list item of its own begins with: "Nimbora 2.0 출시 : …", not "개발사: …"."""


def turn_to(
    discourse: Discourse,
    last: Sentence | None,
    sentence: Sentence,
    heading: Entity | None,
    *,
    item: bool,
) -> None:
    """Let the discourse begin anew at a new section or headline."""
    if not discourse.counted:
        discourse.figures = []
    discourse.counted = False
    discourse.hearsay, discourse.heard = discourse.heard, False
    discourse.division, discourse.divided = discourse.divided, None
    discourse.taken, discourse.taking = discourse.taking, None
    discourse.score, discourse.scoring = discourse.scoring, None
    discourse.built, discourse.building = discourse.building, []
    new = last is None or sentence.section != last.section or sentence.kind != last.kind
    new = new or heading is not discourse.headed
    leads = heading if sentence.kind == "list" and not item else None
    if new or (leads and (leads.cls in _SITES or not RUNNING.search(sentence.clean.text))):
        kept = discourse.topic if runs_on(last, sentence) else discourse.home
        discourse.topic = heading or kept
    led = sentence.kind == "list" and not item and _LED.match(sentence.clean.text)
    if led and not new:
        discourse.topic = heading or discourse.home
        discourse.things.clear()
        discourse.thing = None
    if last is not None and _is_elsewhere(last.section, sentence.section):
        discourse.things.clear()
    if new:
        topic = discourse.topic
        discourse.org = topic if topic and topic.cls in BODIES else discourse.home
        discourse.heads.clear()
        discourse.deal = discourse.figure = discourse.score = discourse.alliance = None
        discourse.division = discourse.sum = None
        if last is None or last.section != sentence.section or not _is_titled(last, sentence):
            discourse.sales = None
        discourse.figures = []
        discourse.spoke, discourse.unheard = None, False
        below = last is not None and last.kind == "heading" and last.section == sentence.section
        discourse.backed = discourse.backed if below else None
        discourse.raised = discourse.raised if below else None
        told = heading if heading and heading.cls in _THINGS else None
        discourse.thing = told or (discourse.shown if below else None)
        discourse.shown = None
    discourse.heading = heading if heading and heading.cls in BODIES else None
    discourse.headed = heading
    discourse.attributes = attributes_of(sentence.section[-1]) if sentence.section else ()


def _is_titled(last: Sentence, sentence: Sentence) -> bool:
    """Tell a list that only a line of its own parts from the one before: "부문별 매출"."""
    return any(s.kind == "prose" and title_of(s) != "" for s in (last, sentence))


def _is_elsewhere(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell sections of which neither is a part of the other."""
    return any(a != b for a, b in zip(one, other, strict=False))


def runs_on(last: Sentence | None, sentence: Sentence) -> bool:
    """Tell an item below a statement of the same article from one of a new section."""
    return (
        last is not None
        and sentence.kind == "list"
        and last.kind in ("list", "prose", "heading")
        and sentence.section[: len(last.section)] == last.section
        and (
            RUNNING.search(sentence.clean.text) is not None
            or TARGET_LINE.search(sentence.clean.text) is not None
        )
    )
