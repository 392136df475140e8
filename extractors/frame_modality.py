"""How sure a clause is of what it tells, and where it stands."""

from __future__ import annotations

import re

from extractors.frame_roles import who
from extractors.phrases import Clause
from extractors.scene import Draft, Scene

_DEALS = frozenset({"인수", "합병", "인수합병"})
_CLOSED = re.compile(r"완료|마무리|종결|성사|끝|매듭|이뤄|이루어")
_JUDGING = re.compile(r"막|심사|조사|승인|허가|불허|반대|검토|저지|제동|제소|소송")
_SUPPOSED = re.compile(r"\s(?:경우|때)")
_REPORTS = frozenset({"보도", "소문", "루머", "관측", "설", "추측", "이야기", "의혹"})
_REFUTED = re.compile(r"사실이 아니|부인(?:했|하|한)|일축|사실무근|오보|선을 그")
_RUMOURED = re.compile(
    r"\s?(?:것|거)이?라는\s(?:[가-힣]+\s)?"
    r"(?:보도|소문|루머|관측|설|추측|이야기|의혹)(?=[은는이가을를에도와과])"
)
"""What is told of a clause that 것 makes a noun of: "인수할 것이라는 보도는"."""
_NEAR = 45
_RIGHT = re.compile(r"\s?(?:수 있는 )?(?:권리|권한|옵션|선택권|의무|기회)")
"""What one may or must do is not done: "지분을 취득할 권리"."""
_TALKS = re.compile(r"\s?(?:을|를|에 대해|에 관해)?\s?(?:논의|협의|의논|타진)")


def judge(scene: Scene, clause: Clause, draft: Draft) -> None:
    """Settle the modality where the predicate's tail does not tell it.

    "공개할 K2" is to come, "살 경우" only supposed, "산다는 보도" what somebody reports.
    """
    if clause.ending == "connective" and scene.text[: clause.end].endswith("면서"):
        draft.tail = (clause.end, clause.end)
    if clause.serial and (after := _going_on(scene, clause)):
        draft.tail = (clause.stem_end, after.tail_end)
    future = _is_future(scene.text[clause.end - 1])
    entitled = future and _RIGHT.match(scene.text, clause.end)
    if entitled or (clause.ending == "relative" and future):
        draft.tail, draft.modality = None, "plan"
    elif clause.ending == "noun" and future and _SUPPOSED.match(scene.text, clause.end):
        draft.tail, draft.modality = None, None
    elif _is_judged(scene, clause, draft) or (
        clause.noun and clause.noun.case in ("topic", "subject") and _is_pending(scene, clause)
    ):
        draft.tail, draft.modality = None, "plan"
    elif draft.predicate == "supplies" and _TALKS.match(scene.text, clause.noun_end):
        draft.tail, draft.modality = None, None
    elif _is_reported(scene, clause):
        start = clause.reported.start if clause.reported else clause.end
        refuted = _REFUTED.search(scene.text, start, clause.tail_end)
        draft.tail, draft.modality = None, "denied" if refuted else "rumour"


def _going_on(scene: Scene, clause: Clause) -> Clause | None:
    """Return the clause that a serial verb goes on with: "300억을 들여 짓는다", of one subject."""
    after = next((c for c in scene.parsed.clauses if c.start >= clause.end), None)
    if after is None or after.lemma == "이" or after.start - clause.end >= _NEAR:
        return None
    return after if after.subject is None or after.subject.start < clause.end else None


def _is_reported(scene: Scene, clause: Clause) -> bool:
    if clause.reported is not None:
        return clause.reported.head in _REPORTS
    return _RUMOURED.match(scene.text, clause.end) is not None


def _is_judged(scene: Scene, clause: Clause, draft: Draft) -> bool:
    """Tell a deal that somebody else still judges: "당국은 A의 B 인수를 막으려 한다"."""
    judge = clause.subject or clause.topic
    if draft.predicate != "acquires" or not clause.is_noun or judge is None:
        return False
    if clause.arg("owner") is None or not _JUDGING.search(scene.text, clause.noun_end):
        return False
    told = who(scene, judge, ("Company", "Organization", "Place"))
    return bool(told) and all(entity.id != draft.subject.id for entity in told)


def _is_pending(scene: Scene, clause: Clause) -> bool:
    """Tell a deal that is only spoken of ("인수는 승인을 받았다") from one that was closed."""
    if clause.lemma not in _DEALS or clause.tail_end <= clause.noun_end:
        return False
    return not _CLOSED.search(scene.text, clause.end, clause.tail_end)


def _is_future(syllable: str) -> bool:
    """Tell whether a clause before its noun is to come: it ends in ㄹ ("공개할")."""
    return "가" <= syllable <= "힣" and (ord(syllable) - 0xAC00) % 28 == 8


def told_in(scene: Scene, clause: Clause) -> tuple[int, int]:
    """Return the range of a clause with its arguments and what governs it."""
    if clause.span:
        return clause.span
    starts = [clause.start, *(p.outer_start for p in clause.args)]
    if clause.ending == "relative" and clause.topic and clause.arg("subject") is None:
        starts.append(clause.topic.outer_start)
    elif clause.ending != "relative":
        starts += [p.outer_start for p in (clause.subject, clause.topic) if p]
    end = max(clause.end, clause.tail_end)
    if clause.ending == "relative" and clause.modified:
        end = max(end, clause.modified.until)
    return min(starts), min(end, len(scene.text))
