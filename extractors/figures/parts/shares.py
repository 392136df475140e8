"""Which part of a firm a share of its sales is of: "HBM이 D램 매출의 40%를 차지했다"."""

from __future__ import annotations

import datetime as dt
import re

from extractors.classes import BODIES
from extractors.context.scene import Draft, Scene
from extractors.figures.holders import begins_at
from extractors.figures.parts.words import FILE, load_parts
from extractors.language.phrases import Phrase
from extractors.language.trimming import unglossed
from extractors.values.periods import parse_period
from extractors.values.values import FoundValue
from extractors.word_lists import Worded

_LED = ("subject", "topic", "of")
_PART = re.compile(r"[가-힣A-Za-z0-9·+/ ]{2,20}")
_NAMED = Worded(
    FILE,
    r"(?:(?P<first>[가-힣A-Za-z0-9·]+(?<![의은는이가을를에서로와과도,]))\s)?"
    r"(?P<part>(?!(?:{sums})액?\s)[가-힣A-Za-z0-9·]+)(?:\s(?:{sums})액?)?\s비중(?:이|은|도|을)?\s",
)
"""A part right before the word: "해외 매출 비중은", "클라우드 비중이"."""
_WHERE = Worded(FILE, r"[를을]\s(?P<part>(?!여기|거기)[가-힣A-Za-z]{2,10})에서\s{earning}")
"""Where a part of the sales comes from: "매출의 62%를 북미에서 올렸다"."""
_OF_WHOLE = Worded(
    FILE,
    r"(?P<whole>{sums}|{wholes})(?:액)?에서\s(?P<part>[가-힣A-Za-z0-9·&\- ]{2,24}?)(?:이|가)?"
    r"\s(?:차지(?:하는|한|할)\s)?비중(?:은|이|도)\s[^,]*$",
)
"""Of whose whole a share is: "가나 매출에서 중국 비중은 4%다"."""
_PARTICLE = re.compile(r"(?<=[A-Za-z0-9])(?:이|가|은|는)$")
_ANY_DAY = dt.date(2000, 1, 1)
_LEFT_OUT = re.compile(r"^(?:이|그|이 중|그중|특히)\s")


def settle_part(scene: Scene, draft: Draft) -> None:
    """Let a firm's share of its own sales say of what part of it, if the clause names that."""
    value = scene.value_of(draft) if draft.qualifiers.get("metric", "").endswith("비중") else None
    if value is None or _settle_whole(scene, draft, value):
        return
    if draft.subject.cls not in BODIES or "product" in draft.qualifiers:
        return
    where = _WHERE.match(scene.text, value.end)
    begins = begins_at(scene, value)
    led = (p for p in reversed(scene.parsed.phrases) if p.case in _LED)
    inside = (p for p in led if begins <= p.start and p.until <= value.start)
    part = where["part"] if where else _named(scene, begins, value.start)
    part = part or next(filter(None, (_part(scene, phrase) for phrase in inside)), None)
    if part is not None and parse_period(part, _ANY_DAY) is None:
        draft.qualifiers["product"] = _PARTICLE.sub("", part)


def _settle_whole(scene: Scene, draft: Draft, value: FoundValue) -> bool:
    """Give a part's share to the firm of whose whole it is: "가나 매출에서 중국 비중은 4%다"."""
    told = _OF_WHOLE.search(scene.text, 0, value.start)
    if told is None:
        return False
    firms = [n[0] for n in scene.named_in(0, told.start(), BODIES) if not scene.is_generic(n[0])]
    if not firms:
        return False
    draft.subject = firms[-1]
    draft.qualifiers |= {"metric": f"{told['whole']} 비중", "product": told["part"]}
    return True


def _named(scene: Scene, begins: int, ends: int) -> str | None:
    found = list(_NAMED.finditer(scene.text, begins, ends))
    if not found:
        return None
    told = found[-1]["first"] not in (None, "내")
    dated = any(p.start < found[-1].end("first") <= p.end for p in scene.periods)
    at = "first" if told and not dated else "part"
    if found[-1]["part"] == "내":
        return None  # "HBM은 D램 내 비중이": not which part, but of what
    firms = scene.named_in(found[-1].start(at), found[-1].end("part"), BODIES)
    words = scene.text[found[-1].start(at) : found[-1].end("part")]
    particled = words.endswith(("의", "은", "는"))
    if firms or particled or words.endswith(load_parts().unparted):
        return None
    return _with_beside(scene, found[-1].start(at), words)


def _with_beside(scene: Scene, start: int, words: str) -> str:
    """Put a part that is told together before the one that begins at an offset: "3나노와 5나노"."""
    joined = _BESIDE.search(scene.text, 0, start)
    if joined is None or scene.named_in(joined.start(), joined.end(), BODIES):
        return words
    return f"{joined['part']}·{words}"


_BESIDE = re.compile(r"(?P<part>[가-힣A-Za-z0-9]+)(?:와|과|·)\s?$")


def _part(scene: Scene, phrase: Phrase) -> str | None:
    """Return what a phrase names that is no firm and nothing that is measured."""
    words = unglossed(scene.text[phrase.start : phrase.end]).strip(" *’”'\"")
    words = _LEFT_OUT.sub("", words).removesuffix(" 매출")
    firm = scene.named_in(phrase.start, phrase.end, BODIES)
    plain = _PART.fullmatch(words) and not words.endswith(load_parts().unparted)
    return _with_beside(scene, phrase.start, words) if plain and not firm else None
