"""Questions with a logic of their own, each answered by what fits it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from agent.extent import Extent
from agent.forms import Excluded, excluded
from agent.members import set_reply
from agent.news import news_reply
from agent.quoting import abstain
from agent.said import Said
from agent.ties import tie_reply

if TYPE_CHECKING:
    from agent.answerer import Answerer


def by_form(text: str, answerer: Answerer, extent: Extent) -> Said | None:
    """Answer a question of several at once or all but one; ``None`` for any other."""
    if news := news_reply(text, answerer, extent):
        return Said(*news, None, "changes")
    text, reports = answerer.anchored(text, extent.reports)
    extent = replace(extent, reports=reports)
    if found := set_reply(text, answerer, extent):
        question, reply, form = found
        return Said(question, reply, form, "set")
    if tie := tie_reply(text, answerer, extent):
        return Said(*tie, None, "path")
    if left_out := excluded(text, answerer.linker):
        return _leaving_out(text, left_out, answerer, extent)
    return None


def _leaving_out(text: str, left_out: Excluded, answerer: Answerer, extent: Extent) -> Said:
    """Answer without the name left out, and keep no sentence that speaks of it."""
    rest = f"{text[: left_out.start]} {text[left_out.end :]}"
    said = answerer.one_hop(rest, extent.reports)
    if not said.question.classes or said.reply.abstained:
        return said
    kin = {m for e in left_out.link.entities for m in answerer.families.of_entity(e)}
    find = answerer.linker.find
    kept = tuple(
        s
        for s in said.reply.sentences
        if not any(kin & set(link.entities) for link in find(s.text))
    )
    if kept[:1] == said.reply.sentences[:1]:  # the others only add to the first
        return replace(said, reply=replace(said.reply, sentences=kept))
    return replace(said, reply=abstain(said.question, (), answerer))
