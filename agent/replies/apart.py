"""One thing asked of several at once: "가나와 다라의 매출은 각각 얼마야?" is asked of each.

Only where no report tells of all of them together, and there is an answer for each.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from agent.answer import Sentence
from agent.citing.figures import figures
from agent.questions.forms import apart
from agent.questions.linking import fold
from agent.replies.quoting import Reply
from agent.replies.sums import with_unit
from agent.said import Said
from agent.words import data

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from agent.answerer import Answerer
    from agent.citing.figures import Figure
    from agent.questions.linking import Link

_PAIR = 2


def told_apart(
    text: str, said: Said, answerer: Answerer, ask: Callable[[str], Said]
) -> Said | None:
    """Return the answers for each of those asked about, where ``said`` does not tell of all."""
    parts = apart(text, answerer.linker, answerer.classes)
    if not parts or _tells_of_all(said, [link for link, _ in parts], answerer):
        return None
    found = [(link, ask(question)) for link, question in parts]
    told = [s for link, own in found if (s := _first(link, own, answerer))]
    if len(told) < len(parts):
        return None
    claims = tuple(claim for _, own in found for claim in own.reply.claims[:1])
    gap = re.search(data("forms")["apart"]["gap"], text) and _gap(told, answerer)
    sentences = dict.fromkeys((*((gap,) if gap else ()), *told))
    return Said(said.question, Reply(tuple(sentences), claims), None, "apart")


def _tells_of_all(said: Said, links: Sequence[Link], answerer: Answerer) -> bool:
    """Whether an answer speaks of each of them."""
    if said.reply.abstained:
        return False
    return all(any(_speaks(s, link, answerer) for s in said.reply.sentences) for link in links)


def _first(link: Link, said: Said, answerer: Answerer) -> Sentence | None:
    """What an answer says first, if that is of the one asked about."""
    if said.reply.abstained:
        return None
    checked = (s for s in said.reply.sentences if answerer.checker.check(s).supported)
    first = next(checked, None)
    return first if first and _speaks(first, link, answerer) else None


def _speaks(sentence: Sentence, link: Link, answerer: Answerer) -> bool:
    """Whether a sentence names one, under whatever name."""
    own = {m for e in link.entities for m in answerer.families.of_entity(e)}
    links = answerer.linker.find(sentence.text)
    return fold(link.text) in fold(sentence.text) or any(own & set(k.entities) for k in links)


def _gap(told: Sequence[Sentence], answerer: Answerer) -> Sentence | None:
    """Say the difference, where there are two and each has one figure, of the same unit."""
    found = [(f.low, f.unit) for s in told if (f := _only(s, answerer)) and f.low is not None]
    units = {unit for _, unit in found} - {""}
    if not len(told) == len(found) == _PAIR or len(units) > 1:
        return None
    unit, (less, more) = "".join(units), sorted(amount for amount, _ in found)
    step = f"{with_unit(more, unit)} − {with_unit(less, unit)}"
    size = with_unit(more - less, "%p" if unit == "%" else unit)
    evidence = tuple(dict.fromkeys(e for s in told for e in s.evidence))
    modalities = tuple(dict.fromkeys(m for s in told for m in s.modalities))
    text, steps = f"차이는 {size}입니다({step}).", (f"{step} = {size}",)
    return Sentence(text, evidence, steps=steps, modalities=modalities)


def _only(sentence: Sentence, answerer: Answerer) -> Figure | None:
    """The only figure of a sentence, outside its names and times."""
    from extractors.values.periods import find_periods

    text = sentence.text
    taken = [(link.start, link.end) for link in answerer.linker.find(text)]
    taken += [(p.start, p.end) for p in find_periods(text, dt.date.today())]
    every = [f for f in figures(text, taken) if f.low is not None and f.low == f.high]
    return every[0] if len(every) == 1 else None
