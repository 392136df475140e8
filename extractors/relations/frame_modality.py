"""How sure a clause is of what it tells, and where it stands."""

from __future__ import annotations

import re

from corpus.syllables import RIEUL, final
from extractors.classes import PARTIES
from extractors.context.scene import Draft, Scene
from extractors.language.modality import clause_words, modality
from extractors.language.phrases import Clause, Phrase
from extractors.relations.frame_parties import who
from extractors.relations.lawmaking import settled_by_law
from extractors.word_lists import words_in
from kg.claim import Modality

_WORDS = "relations/deeds.yaml"
_NEAR = 45
_NOT_SO = re.compile(r"\s(?:게|것이|건)\s아니[라고며]")
_ASKED = re.compile(r"(?:하|되|했|됐)?나[?…’”\"]*\s*$")
"""What a headline only asks: "가나, 다라 인수하나"."""
_WITHOUT = re.compile(
    r"[이가은는]\s아니(?:라|고|며|다)|(?:이나|나|과|와|도)?\s(?:[가-힣]{1,6}\s){0,2}없이(?=[\s,])|\s없이\s"
)
"""What is not done: "별도 계약이나 검토 없이 쓴다", "모델 판매가 아니라"."""
_HINDERED = re.compile(r"(?:을|를)?\s?(?:[가-힣]{1,4}\s)?[가-힣]{0,3}\s?될\s경우")
"""What is supposed of a deed: "증설을 못 하게 될 경우"."""
_DEEDS = frozenset(
    {"releases", "builds", "supplies", "produces", "ships", "investsIn", "acquires", "publishes"}
    | {"purchases", "founded", "partOf", "develops", "partnersWith", "manufactures", "blocks"}
)
"""What is not done yet where somebody only can do it: "칩을 공급할 수 있다"."""
_JOINED = frozenset({"acquires", "investsIn"})
"""What is not done yet where somebody only talks of it: "합병을 논의했다"."""
_LASTING = frozenset({"uses", "supplies", "purchases"})
"""What is over where it is told so: "가나 칩을 쓰던 작업을 옮겼다"."""
_SHARED = frozenset({"partnersWith", "coDevelops"})


def judge(scene: Scene, clause: Clause, draft: Draft) -> None:
    """Settle the modality where the predicate's tail does not tell it.

    "공개할 K2" is to come, "살 경우" only supposed, "산다는 보도" what somebody reports.
    """
    if not settled_by_law(scene, clause, draft):
        _judge(scene, clause, draft)


def _judge(scene: Scene, clause: Clause, draft: Draft) -> None:
    words = clause_words()
    if clause.ending == "connective" and scene.text[: clause.end].endswith("면서"):
        draft.tail = (clause.end, clause.end)
    if clause.serial and (after := _going_on(scene, clause)):
        draft.tail = (clause.stem_end, after.tail_end)
    future = _is_future(scene.text[clause.end - 1])
    if _is_void(scene, clause, future=future):
        draft.tail, draft.modality = None, None
        return
    if _is_talked_of(scene, clause, draft):
        draft.tail = None
        return
    entitled = future and words.right.match(scene.text, clause.end)
    if entitled or is_aim(clause) or (clause.ending == "relative" and future):
        draft.tail, draft.modality = None, "plan"
    elif draft.predicate in _DEEDS and (possible := _possible(scene, clause)):
        draft.tail, draft.modality = None, possible
    elif _is_judged(scene, clause, draft) or (
        clause.noun and clause.noun.leads and _is_pending(scene, clause)
    ):
        failed = modality(scene.text[clause.stem_end : clause.tail_end]) == "denied"
        draft.tail, draft.modality = None, "denied" if failed else "plan"
    elif (
        clause.is_noun
        and draft.predicate in _SHARED
        and words.matter.match(scene.text, clause.noun_end)
    ):
        draft.tail, draft.modality = None, "fact"
    elif _is_reported(scene, clause):
        start = clause.reported.start if clause.reported else clause.end
        refuted = words.refuted.search(scene.text, start, clause.tail_end)
        draft.tail, draft.modality = None, "denied" if refuted else "rumour"


def is_aim(clause: Clause) -> bool:
    """Tell a deed for the sake of which another is done: "공장 건설을 위해 3억을 빌렸다"."""
    aimed = clause.noun is not None and clause.noun.case == "for"
    return aimed and clause.lemma in words_in(_WORDS, "aims")


def _is_talked_of(scene: Scene, clause: Clause, draft: Draft) -> bool:
    """Judge what is only talked of, or is over: "합병을 논의했다", "가나 칩을 쓰던 작업을"."""
    talked = clause_words().talks.match(scene.text, clause.noun_end) is not None
    ended = scene.text[clause.stem_end : clause.end].endswith(("던", "다가")) or (
        clause.ending == "connective" and scene.text[: clause.end].endswith("다")
    )
    if (talked and draft.predicate == "supplies") or (ended and draft.predicate in _LASTING):
        draft.modality = None
    elif talked and draft.predicate in _JOINED:
        behind = scene.text[clause.noun_end : clause.noun_end + _NEAR]
        draft.modality = "denied" if modality(behind) == "denied" else "plan"
    else:
        return False
    return True


def is_conditional(scene: Scene, draft: Draft) -> bool:
    """Tell what comes true only with what is supposed before: "가나가 산다면 매출은 2조 원 는다".

    What was so ("였다면") only sets off what is said next: "작년이 적자였다면 올해는 …".
    """
    if "다면" not in scene.text:
        return False
    at = draft.tail[0] if draft.tail else draft.clause.start if draft.clause else draft.start
    supposed = False
    for clause in scene.parsed.clauses:
        if clause.end > at:
            break
        if clause.ending in ("connective", "quote", "final"):
            told = scene.text[clause.stem_end : clause.end].strip()
            ended = clause.ending != "connective"
            supposed = not ended and (supposed or bool(_SUPPOSING.fullmatch(told)))
    return supposed


_SUPPOSING = re.compile(r"[^았었였했됐렸졌]*다면")


def _is_void(scene: Scene, clause: Clause, *, future: bool) -> bool:
    """Tell what is not so, or only supposed: "막지 않으면", "그리는 게 아니라", "살 경우"."""
    words = clause_words()
    supposed = future and words.supposed.match(scene.text, clause.end)
    hindered = _HINDERED.match(scene.text, clause.stem_end)
    if hindered or (supposed and clause.ending in ("noun", "relative")):
        return True
    if _ASKED.match(scene.text, clause.stem_end):
        return True
    if clause.is_noun and _WITHOUT.match(scene.text, clause.end):
        return True
    unless = words.unless.match(scene.text, clause.stem_end)
    return bool(unless or _NOT_SO.match(scene.text, clause.end))


def _possible(scene: Scene, clause: Clause) -> Modality | None:
    """Tell what somebody can do, or should, from what is done: "공급할 수 있다", "막아야 한다"."""
    words = clause_words()
    if words.able.match(scene.text, clause.stem_end):
        return "forecast"
    return "opinion" if words.must.match(scene.text, clause.stem_end) else None


def _going_on(scene: Scene, clause: Clause) -> Clause | None:
    """Return the clause that a serial verb goes on with: "300억을 들여 짓는다", of one subject."""
    after = scene.parsed.clause_from(clause.end)
    if after is None or after.lemma == "이" or after.start - clause.end >= _NEAR:
        return None
    return after if after.subject is None or after.subject.start < clause.end else None


def _is_reported(scene: Scene, clause: Clause) -> bool:
    words, noun = clause_words(), clause.reported
    if noun is None:
        return words.rumoured.match(scene.text, clause.end) is not None
    round_ = noun.head in words.circulating and words.round.match(scene.text[noun.end :])
    return noun.head in words.reports or bool(round_)


def _is_judged(scene: Scene, clause: Clause, draft: Draft) -> bool:
    """Tell a deal that somebody else still judges: "당국은 A의 B 인수를 막으려 한다"."""
    judge = clause.subject or clause.topic
    if draft.predicate != "acquires" or not clause.is_noun or judge is None:
        return False
    judging = clause_words().judging.search(scene.text, clause.noun_end)
    if clause.arg("owner") is None or not judging:
        return False
    told = who(scene, judge, PARTIES)
    return all(entity.id != draft.subject.id for entity in told)  # nobody: "당국은"


def _is_pending(scene: Scene, clause: Clause) -> bool:
    """Tell a deal that is only spoken of ("인수는 승인을 받았다") from one that was closed."""
    words = clause_words()
    if clause.lemma not in words.deals or clause.tail_end <= clause.noun_end:
        return False
    return not words.closed.search(scene.text, clause.end, clause.tail_end)


def _is_future(syllable: str) -> bool:
    """Tell whether a clause before its noun is to come: it ends in ㄹ ("공개할")."""
    return final(syllable) == RIEUL


def told_in(scene: Scene, clause: Clause) -> tuple[int, int]:
    """Return the range of a clause with its arguments and what governs it."""
    if clause.span:
        return clause.span
    own = (p for p in clause.args if not _is_of_before(scene, clause, p))
    starts = [clause.start, *(p.outer_start for p in own)]
    if clause.ending == "relative" and clause.topic and clause.arg("subject") is None:
        starts.append(clause.topic.outer_start)
    elif clause.ending != "relative":
        starts += [p.outer_start for p in (clause.subject, clause.topic) if p]
    end = max(clause.end, clause.tail_end)
    if clause.ending == "relative" and clause.modified:
        end = max(end, clause.modified.until)
    return min(starts), min(end, len(scene.text))


def _is_of_before(scene: Scene, clause: Clause, phrase: Phrase) -> bool:
    """Tell the topic of the clause before: "가나는 …했고, 다라는 K2를 냈다"."""
    topic = clause.topic
    if phrase.case != "topic" or topic is None or phrase.start >= topic.start:
        return False
    ends = (c.end for c in scene.parsed.clauses if c.ending == "connective")
    return any(phrase.end <= end <= topic.outer_start for end in ends)


def is_apart(clause: Clause | None) -> bool:
    """Tell a clause of a noun that does something else: "K2를 만드는 가나가 상장 계획을 접었다"."""
    noun = clause.modified if clause and clause.ending == "relative" else None
    led = noun is not None and noun.case == "subject"
    return led and noun is not None and noun.head not in words_in(_WORDS, "deals")
