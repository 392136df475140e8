"""Questions with a logic of their own, each answered by what fits it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from agent.extent import Extent
from agent.questions.forms import Excluded, excluded
from agent.questions.namesakes import Sense, senses
from agent.replies.expected import expected_reply
from agent.replies.figures import figures_reply
from agent.replies.houses import houses_reply, ratings_reply
from agent.replies.members import set_reply
from agent.replies.particulars import particulars_reply
from agent.replies.phrasing import wording
from agent.replies.quoting import Reply, abstain
from agent.replies.shares import shares_reply
from agent.replies.states import state_reply
from agent.replies.things import things_reply
from agent.replies.ties import tie_reply
from agent.said import Said
from agent.weeks.news import news_reply

if TYPE_CHECKING:
    from agent.answerer import Answerer


def by_form(text: str, answerer: Answerer, extent: Extent) -> Said | None:
    """Answer a question of several at once, all but one, or things; ``None`` for any other."""
    if shared := senses(text, answerer):
        return _each(shared, answerer, extent)
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
    for way in (
        shares_reply,
        expected_reply,
        houses_reply,
        ratings_reply,
        figures_reply,
        state_reply,
        things_reply,
        particulars_reply,
    ):
        if told := way(text, answerer, extent):
            return Said(*told)
    return None


def _each(shared: Sequence[Sense], answerer: Answerer, extent: Extent) -> Said:
    """Answer for each thing that a shared name stands for, where the answers differ."""
    found = [(sense, answerer.at_once(sense.question, extent)) for sense in shared]
    answered: dict[str, tuple[Sense, Said]] = {}
    for sense, said in found:
        if not said.reply.abstained:
            answered.setdefault(said.reply.sentences[0].text, (sense, said))
    if len(answered) < 2:
        return next((said for _, said in answered.values()), found[0][1])
    first = found[0][1]
    texts = wording()["namesakes"][first.question.language]
    sentences = [
        replace(
            said.reply.sentences[0],
            text=("" if n else texts["lead"].format(many=texts["count"][len(answered)]))
            + texts["sense"].format(told=sense.told, said=said.reply.sentences[0].text),
        )
        for n, (sense, said) in enumerate(answered.values())
    ]
    claims = tuple(c for _, said in answered.values() for c in said.reply.claims)
    return Said(first.question, Reply(tuple(sentences), claims), None, "namesakes")


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
