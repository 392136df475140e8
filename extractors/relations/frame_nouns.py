"""Noun predicates: "run:ai 인수를 발표", "엔비디아의 HBM 공급 개시" as clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.classes import PARTIES
from extractors.context.clefts import meant
from extractors.context.scene import Scene
from extractors.language.grammar import load_grammar
from extractors.language.phrases import Clause, Phrase
from extractors.language.trimming import unglossed
from extractors.lexicon.frame_data import FrameSet, load_frames
from extractors.relations.frame_modality import is_aim
from extractors.relations.lawmaking import making_of

_PART = re.compile(r",|…|\s[—–―\-]\s")
"""What ends the part of a headline that a noun closes."""
_CLOSING = " ’”'\""
"""What stands in brackets after a noun: "인수($3.2B)"."""


def noun_clauses(scene: Scene, frames: FrameSet) -> Iterator[Clause]:
    """Yield a clause for each phrase headed by a frame's noun: "run:ai 인수를 발표"."""
    for phrase in scene.parsed.phrases:
        lemma = None if phrase.case in ("of", "with") else _predicate_noun(scene, phrase, frames)
        if lemma is None or _is_title(scene.text, phrase):
            continue
        at = scene.text.rfind(lemma, phrase.start, phrase.end)
        governor = _governor(scene, phrase)
        if governor and governor.lemma in frames.receiving:
            continue
        if phrase.head in _STAGES and governor and not _carries(governor, frames):
            continue  # "칩 설계 단계에 적용한다": nobody designs
        clause = Clause(lemma, at, at + len(lemma), "active", "noun", is_noun=True, noun=phrase)
        clause.stem_end = clause.end
        behind = scene.text[at + len(lemma) : phrase.end].split()
        granting = {governor.lemma if governor else "", *behind[:1]}
        ruled = governor is not None and making_of(scene, governor) is not None
        clause.granted = ruled or not granting.isdisjoint(frames.granting)
        clause.tail_end = _noun_tail(scene, phrase, governor)
        clause.args = _noun_args(scene, phrase, governor, at, frames)
        if governor is None:
            clause.topic = _last_topic(scene, phrase)
            clause.alone = True
        else:
            won = lemma in frames.ordering and governor.lemma in frames.winning
            if not won:  # "다라의 주문을 따냈다": who gets it has ordered nothing
                _share_agents(scene, clause, governor, borne=_carries(governor, frames))
        yield clause


_SHARING = ("bare", "comma", "by", "to", "at", "via", "also", "topic", "subject")


def _share_agents(scene: Scene, clause: Clause, governor: Clause, *, borne: bool) -> None:
    """Give a noun whoever its verb is of, or let it look for them itself."""
    phrase = clause.noun
    assert phrase is not None
    if governor.ending == "relative" and phrase.case == "bare" and not borne:
        return  # "가나, 칩 제작 돕는 챗봇 공개": what the chatbot helps with
    owned = phrase.owner and phrase.case in ("by", "at", "subject", "topic")
    if owned and phrase.owner and phrase.owner.mate and phrase.leads:
        others = (governor.subject, governor.topic)
        clause.alone = all(p is None or p is phrase for p in others)  # "다라와의 경쟁이 거세졌다"
    if owned or not (borne or phrase.case in _SHARING or is_aim(clause)):
        return
    clause.topic = None if governor.topic is phrase else governor.topic
    agent = governor.subject
    later = agent is not None and agent.start > phrase.start and not borne
    if later:
        clause.topic = None
    clause.subject = None if phrase.case == "subject" or agent is phrase or later else agent
    begun = borne and phrase.case in ("subject", "also") and governor.voice == "passive"
    if begun and (agent is None or agent not in governor.args):
        clause.subject = None  # "양산도 시작됐다": of nobody that the clause before tells of
    if borne and governor.ending == "relative":
        _share_modified(scene, clause, governor)
    elif borne and (begun or phrase.case in ("object", "to", "subject")):
        ends = governor.ending in ("final", "connective") or phrase.case == "subject"
        clause.alone = ends and not (clause.topic or clause.subject)


_STAGES = ("단계", "체제", "과정")


def _share_modified(scene: Scene, clause: Clause, governor: Clause) -> None:
    """Let who did the deed be the noun of the clause: "K2 양산을 시작한 가나는"; or what it was."""
    modified = meant(scene, governor.modified) if governor.modified else None
    if modified is None:
        return
    doers = [p for p in (modified, modified.owner) if p and scene.fill(p, PARTIES)]
    if governor.arg("subject") is None and doers:
        clause.subject = doers[0]
    elif clause.arg("object") is None:
        clause.args.append(replace(modified, case="object"))


def _predicate_noun(scene: Scene, phrase: Phrase, frames: FrameSet) -> str | None:
    """Return the noun that heads a phrase, past light ones: "HBM 공급 개시" is of 공급."""
    words = unglossed(scene.text[phrase.start : phrase.end]).split()
    heads, last = frames.nouns, len(words) - 1
    if last < 0:
        return None
    while last and words[last] in frames.light_nouns:
        if words[last] in heads and words[last - 1] not in heads:
            break
        last -= 1
    word = words[last]
    tried = (word, word[-2:]) if last + 1 < len(words) else (word, phrase.head, phrase.last)
    return next((noun for noun in tried if noun in heads), None)


def _is_title(text: str, phrase: Phrase) -> bool:
    """Tell a name in quotes from what somebody does: "‘개방형 칩 연합’을 띄웠다"."""
    before, after = text[max(0, phrase.start - 1) : phrase.start], text[phrase.end : phrase.end + 1]
    return bool(before and after) and before in "‘“'\"「『" and after in "’”'\"」』"


def _governor(scene: Scene, phrase: Phrase) -> Clause | None:
    return scene.parsed.clause_with(phrase)


def _carries(governor: Clause, frames: FrameSet) -> bool:
    """Tell whether a verb only carries the noun: "개발을 추진하다", "개발을 진행 중이다"."""
    under_way = governor.arg("copula") if governor.lemma == "이" else None
    return governor.lemma in frames.light_verbs or bool(under_way and under_way.head == "중")


def _last_topic(scene: Scene, phrase: Phrase) -> Phrase | None:
    before = [p for p in scene.parsed.phrases if p.start < phrase.start and p.leads]
    return before[-1] if before else None


def _noun_tail(scene: Scene, phrase: Phrase, governor: Clause | None) -> int:
    if governor is None:
        part = _PART.search(scene.text, phrase.end)
        return part.start() if part else len(scene.text)
    if phrase.case in ("object", "subject", "topic", "bare", "to", "also", "comma"):
        return max(governor.tail_end, governor.end)
    return phrase.until


def _headline_args(scene: Scene, phrase: Phrase) -> list[Phrase]:
    """List what stands before a headline's last noun: "A에 B 공급", "B 무료로 공개"."""
    before = [p for p in scene.parsed.phrases if p.end <= phrase.start]
    told = [at for at, p in enumerate(before) if p.case == "comma" and _is_deed(p)]
    if told and any(p.case in ("with", "to") for p in before[told[-1] + 1 :]):
        before = before[told[-1] + 1 :]  # "가나와 계약, 다라와도 계약": of each its own
    args = [_apart(p) for p in before if p.case in ("with", "to", "object", "from")][-2:]
    if before[-2:] and before[-1].case == "by" and len(before) > 1 and before[-2].case == "bare":
        args.append(replace(before[-2], case="object"))
    return args


def priced(scene: Scene, clause: Clause) -> Clause:
    """Part what is dealt in from its price, where no particle does: "가나 30억 달러에 인수"."""
    told = clause.arg("to") if clause.arg("object") is None else None
    if told is None:
        return clause
    behind = (v for v in scene.values if told.start < v.start and v.end <= told.end <= v.end + 1)
    price = next(behind, None)
    if price is None or price.value.currency is None:
        return clause
    words = scene.text[told.start : price.start].rstrip()
    end = told.start + len(words)
    thing = replace(told, end=end, until=end, head=words.rpartition(" ")[2], case="object")
    own = [replace(p, start=price.start) if p is told else p for p in clause.args]
    return replace(clause, args=[*own, thing])


def _is_deed(phrase: Phrase) -> bool:
    """Tell a phrase that ends in what somebody does: "3억 달러 규모 계약"."""
    return phrase.head in load_frames().by_noun


def _apart(phrase: Phrase) -> Phrase:
    """Part a phrase from the deed told before it: "가나와 3억 계약, 다라와 2억 계약"."""
    before = phrase.joined
    deed = before is not None and before.case == "comma" and _is_deed(before)
    return replace(phrase, joined=None) if deed else phrase


def _past_manners(text: str) -> str:
    """Drop the words before a noun that only tell how: "새 칩 정식", "모델 전격"."""
    inner = text.rstrip(_CLOSING)
    while (words := inner.rsplit(maxsplit=1))[1:] and words[1] in load_grammar().manners:
        inner = words[0].rstrip(_CLOSING)
    return inner


def _noun_args(
    scene: Scene, phrase: Phrase, governor: Clause | None, at: int, frames: FrameSet
) -> list[Phrase]:
    """List the arguments of a noun predicate: inside its phrase, its owners, its clause's."""
    args: list[Phrase] = []
    if governor and (phrase.case in ("bare", "comma") or _carries(governor, frames)):
        args += [
            p
            for p in governor.args
            if p is not phrase
            and p.start < phrase.start
            and p.case in ("with", "to", "from", "by", "at", "bare", "object", "about")
        ]
    elif governor is None:
        args += _headline_args(scene, phrase)
    beside = _apart(phrase).joined
    joined = _apart(beside) if beside is not None else None
    if joined is not None:
        args.append(replace(joined, case="with"))
    owner = phrase.owner
    while owner is not None:
        args.append(
            Phrase(
                owner.start,
                owner.end,
                owner.head,
                "about" if owner.about else "with" if owner.mate else "owner",
                None,
                owner.joined,
                owner.words,
                owner.until,
            )
        )
        owner = owner.owner
    if phrase.start < at:
        inner = _past_manners(scene.text[phrase.start : at])
        inner_end = phrase.start + len(inner)
        head = inner.split()[-1] if inner.split() else ""
        args.append(
            Phrase(
                phrase.start,
                inner_end,
                head,
                "object",
                phrase.owner,
                joined,
                (),
                inner_end,
                phrase.apposed,
            )
        )
    return args
