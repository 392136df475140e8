"""Who invests in whom in a round: "가나는 다라가 주도한 시리즈 C에서 3억 달러를 모았다".

A round has one firm that raises money and investors who lead it, join it or give; each is told
in its own way, also a sentence later. The words, with examples, are ``rounds.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.classes import BODIES
from extractors.context.scene import Draft, Scene
from extractors.names.placeholders import LETTERS, NUMBER, Skeleton, skeleton_of_names
from extractors.relations.frame_modality import judge
from extractors.sparing import sparing
from extractors.word_lists import Worded
from kg.claim import Entity

_WORDS = "relations/rounds.yaml"
_FIRM = rf"⟦[{''.join(LETTERS[cls] for cls in BODIES)}]\d+⟧(?:\s?\([^()⟦]*\))?[’”'\"]?"
_JOINT = r"(?:, ?|와 |과 |·| 및 |, 그리고 | 그리고 |/)"
_STRAY = r"[가-힣A-Za-z0-9]{2,14}"
_ITEM = rf"(?:(?:[가-힣]{{2,6}} )?{_FIRM}|{_STRAY}(?={_JOINT}|\s등))"
_LIST = rf"(?P<L>{_FIRM}(?:{_JOINT}{_ITEM})*)(?:,? 등)?"
_BESIDE = r"(?:(?![가-힣]+(?:에|에서|을|를|은|는) )[가-힣A-Za-z]+ ){0,2}?"
_ABOUT = Worded(_WORDS, r"{round}")
_RAISING = Worded(_WORDS, r"{raising}")
_OTHER = Worded(_WORDS, r"{other}")
_JOINED = Worded(
    _WORDS,
    rf"{_LIST}(?:이|가|은|는|도|까지)? (?:(?:이번 )?(?:투자|라운드|펀딩)(?:를|을|에|에도) )?"
    rf"{_BESIDE}{{joining}}",
)
_NOUNS = Worded(
    _WORDS, rf"{_LIST}(?:의)? ?{{nouns}}(?=로|으로|\s?하에|\s아래|\s?[,)/;.]|\s?$|\s[—–-])"
)
_FROM = Worded(
    _WORDS,
    rf"{_LIST}(?:에서|서|으로부터|로부터|에게서|에게|한테서) "
    r"(?:(?![가-힣]+[은는한된던] )[^,.⟦]){0,24}?"
    r"(?:{given}(?:금)?(?:을|를)?\s?(?:[가-힣]{1,4}\s)?{raising}|투자받|유치|조달)",
)
_GIVEN = Worded(
    _WORDS,
    rf"{_LIST}의 (?:[^,.⟦]{{0,14}} )?{{given}}(?:금)?(?:을|를) (?:[가-힣]{{1,4}} )?{{raising}}",
)
_NAMED = Worded(_WORDS, rf"(?P<R>{_FIRM})(?:의)? (?:[^,.⟦은는이가]{{0,14}} )?{{round}}")
_CLEFT = Worded(_WORDS, rf"{{joining}}[가-힣]* (?:곳|투자사|투자자)(?:은|는) {_LIST}")
_RAISER = sparing(rf"(?P<R>{_FIRM})(?:은|는|이|가|도|,|\s?[:：])(?=\s)")
_RELATIVE = sparing(rf"[은한된]\s(?P<R>{_FIRM})(?=은|는|이|가|도|을|를|의)")


def match_rounds(scene: Scene) -> Iterator[Draft]:
    """Yield the investors of a round that a sentence tells of, each with who raises the money."""
    told = scene.discourse.raised if scene.may_carry else None
    about = _ABOUT.search(scene.text) is not None
    if not (about or told) or not any(n[0].cls in BODIES for n in scene.names):
        return
    bones = skeleton_of_names(scene)
    forms = (_JOINED, _NOUNS, _FROM, _GIVEN, _CLEFT) if about else (_JOINED, _NOUNS)
    for form in forms:
        for match in form.finditer(bones.text):
            if _is_of_another_deed(bones, match) or (not about and _leads(bones, match)):
                continue
            investors = NUMBER.findall(match["L"])
            headed = match.start() == 0 and _HEADED.match(match["L"])
            if headed and len(investors) > 1 and _RAISING.search(bones.text, match.end("L")):
                raiser: Entity | None = scene.names[int(investors.pop(0))][0]
            else:
                raiser = _raiser(scene, bones, match)
            if raiser is not None:
                yield from _drafts(scene, bones, match, investors, raiser)


_HEADED = re.compile(rf"{_FIRM}, ")
"""How a headline begins with who raises money: "가나, 다라·마바서 투자 유치"."""
_NEAR = 12
"""So far behind a deed stands what else may be joined …"""
_FURTHER = 30
"""… and so far the round, in a clause that tells of it."""


def _is_of_another_deed(bones: Skeleton, match: re.Match[str]) -> bool:
    """Tell a deed in something else than a round: "가나가 주도한 시장"."""
    if _OTHER.search(bones.text, match.start(), match.end() + _NEAR):
        return True
    noun = _OF_NOUN.match(bones.text, match.end())
    return noun is not None and not _ABOUT.search(bones.text, match.start(), match.end() + _FURTHER)


def _leads(bones: Skeleton, match: re.Match[str]) -> bool:
    """Tell what else a sentence behind one of a round is about: "시장은 가나 주도로 커진다"."""
    return _TOPIC.search(bones.text, 0, match.start()) is not None


_TOPIC = re.compile(r"[가-힣][은는] ")
_OF_NOUN = re.compile(r"[가-힣]{0,2}(?:[한은된]|는)\s")


def _raiser(scene: Scene, bones: Skeleton, match: re.Match[str]) -> Entity | None:
    """Return who raises the money: by a verb, by the round's name, else as told before."""
    investors = set(NUMBER.findall(match["L"]))
    if _RAISING.search(bones.text) is not None:
        behind = _RELATIVE.search(bones.text, match.end("L"))
        heads = [*_RAISER.finditer(bones.text, 0, match.start()), *([behind] if behind else [])]
        for head in heads:
            raiser = _other(scene, head, investors)
            if raiser and _RAISING.search(bones.text, min(head.end(), match.start("L"))):
                return raiser
    for named in _NAMED.finditer(bones.text):
        raiser = _other(scene, named, investors)
        if raiser is not None:
            return raiser
    others = {n[0].id for n in scene.names if n[0].cls in BODIES}
    told = scene.discourse.raised if scene.may_carry else None
    return told if told and told.id not in others else None


def _other(scene: Scene, match: re.Match[str], investors: set[str]) -> Entity | None:
    """Return a firm found to raise money, if it is none of the investors."""
    found = NUMBER.findall(match["R"])[-1]
    return None if found in investors else scene.names[int(found)][0]


def _drafts(
    scene: Scene, bones: Skeleton, match: re.Match[str], investors: list[str], raiser: Entity
) -> Iterator[Draft]:
    start, end = bones.span(match)
    clause = next((c for c in scene.parsed.clauses if c.end >= end), None)
    deed = clause if clause and clause.start <= end else None
    for number in investors:
        investor = scene.names[int(number)][0]
        if investor.id == raiser.id or investor.cls not in BODIES:
            continue
        draft = Draft(investor, "investsIn", raiser, None, start, end)
        draft.tail = (end, max(end, clause.tail_end if clause else end))
        if deed is not None:
            draft.tail = (deed.stem_end, deed.tail_end)
            judge(scene, deed, draft)
        yield draft


def without_reversed(matched: Sequence[Draft], rounds: Sequence[Draft]) -> list[Draft]:
    """Leave out who raises money from an investor and is taken for one of the investor's."""
    told = {(d.object.id, d.subject.id) for d in rounds if d.object}
    return [
        d
        for d in matched
        if d.predicate != "investsIn" or d.object is None or (d.subject.id, d.object.id) not in told
    ]
