"""Which part of a firm a share of its sales is of: "HBM이 D램 매출의 40%를 차지했다"."""

from __future__ import annotations

import re

from extractors.classes import BODIES
from extractors.context.scene import Draft, Scene
from extractors.figures.holders import begins_at
from extractors.language.phrases import Phrase
from extractors.language.trimming import unglossed

_SHARES = ("매출 비중", "이익 비중", "비중")
_LED = ("subject", "topic", "of")
_PART = re.compile(r"[가-힣A-Za-z0-9·+/ ]{2,20}")
_MEASURE = re.compile(
    r"(?:매출|이익|비중|실적|투자|비용|수익|분기|상반기|하반기|올해|지난해|전체|연간|현재)$"
)
_NAMED = re.compile(
    r"(?:(?P<first>[가-힣A-Za-z0-9·]+(?<![의은는이가을를에서로와과도,]))\s)?"
    r"(?P<part>[가-힣A-Za-z0-9·]+)(?:\s매출)?\s비중(?:이|은|도|을)?\s"
)
"""A part right before the word: "해외 매출 비중은", "클라우드 비중이"."""
_WHERE = re.compile(
    r"[를을]\s(?P<part>(?!여기|거기)[가-힣A-Za-z]{2,10})에서\s(?:올[렸린리려]|거[뒀둔두둬]|벌[었어]|번\s|냈|낸|내고|얻)"
)
"""Where a part of the sales comes from: "매출의 62%를 북미에서 올렸다"."""
_LEFT_OUT = re.compile(r"^(?:이|그|이 중|그중|특히)\s")


def settle_part(scene: Scene, draft: Draft) -> None:
    """Let a firm's share of its own sales say of what part of it, if the clause names that."""
    metric = draft.qualifiers.get("metric", "")
    if metric.endswith("비중") and _settle_whole(scene, draft):
        return
    if draft.subject.cls not in BODIES or not metric.endswith(_SHARES):
        return
    value = scene.value_of(draft)
    if value is None or "product" in draft.qualifiers:
        return
    if told := _WHERE.match(scene.text, value.end):
        draft.qualifiers["product"] = told["part"]
        return
    begins = begins_at(scene, value)
    led = [p for p in scene.parsed.phrases if begins <= p.start and p.until <= value.start]
    if named := _named(scene, begins, value.start):
        draft.qualifiers["product"] = named
        return
    for phrase in reversed([p for p in led if p.case in _LED]):
        if part := _part(scene, phrase):
            draft.qualifiers["product"] = part
            return


def _settle_whole(scene: Scene, draft: Draft) -> bool:
    """Give a part's share to the firm of whose whole it is: "가나 매출에서 중국 비중은 4%다"."""
    value = scene.value_of(draft)
    told = _OF_WHOLE.search(scene.text, 0, value.start) if value else None
    if told is None:
        return False
    firms = [n[0] for n in scene.named_in(0, told.start(), BODIES) if not scene.is_generic(n[0])]
    if not firms:
        return False
    draft.subject = firms[-1]
    draft.qualifiers |= {"metric": f"{told['whole']} 비중", "product": told["part"]}
    return True


_OF_WHOLE = re.compile(
    r"(?P<whole>매출|영업이익|이익|수출|출하량|생산량|설비투자)(?:액)?에서\s"
    r"(?P<part>[가-힣A-Za-z0-9·&\- ]{2,24}?)(?:이|가)?\s(?:차지하는\s)?비중(?:은|이|도)\s[^,]*$"
)


def _named(scene: Scene, begins: int, ends: int) -> str | None:
    found = list(_NAMED.finditer(scene.text, begins, ends))
    if not found:
        return None
    at = "first" if found[-1]["first"] else "part"
    firms = scene.named_in(found[-1].start(at), found[-1].end("part"), BODIES)
    words = scene.text[found[-1].start(at) : found[-1].end("part")]
    particled = words.endswith(("의", "은", "는"))
    return None if firms or particled or _MEASURE.search(words) else words


def _part(scene: Scene, phrase: Phrase) -> str | None:
    """Return what a phrase names that is no firm and nothing that is measured."""
    words = unglossed(scene.text[phrase.start : phrase.end]).strip(" *’”'\"")
    words = _LEFT_OUT.sub("", words).removesuffix(" 매출")
    firm = scene.named_in(phrase.start, phrase.end, BODIES)
    plain = _PART.fullmatch(words) and not _MEASURE.search(words)
    return words if plain and not firm else None
