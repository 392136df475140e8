"""How long something takes, and by how much it comes early or late.

"한 분기 앞당겨 공급했다", "18일 동안 학습했다", "2년간 공동 개발한다", "15일 안에 신고해야 한다".
The words are data (``lasting`` in ``schedules.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from extractors.context.scene import Draft, Scene
from extractors.figures.holders import HOLDERS, topic_entity
from extractors.language.phrases import Clause
from extractors.relations.schedules import load_schedules, timed
from extractors.word_lists import Worded, words_in
from kg.claim import Entity, Value

_WORDS = "relations/deeds.yaml"
_TIME = (
    r"(?P<time>(?<![\d,.가-힣])(?:약\s)?(?:(?:\d+(?:\.\d+)?|한두|두|한|석|세|서너|넉|네|다섯|여섯|열)\s?"
    r"(?:분기|달|개월|년|주일?|일|시간|해)|반년|하루|이틀|사흘|나흘|보름|일주일)(?:\s반)?"
    r"(?:\s?(?:가량|정도|쯤|이상|가까이|넘게)|여)?)"
)
_IF = re.compile(r"면(?:\s|$)")
_KNOWN = tuple(c for c in HOLDERS if c != "Market")
_LAWS = ("Policy", "Organization", "Place")
_MODELS = ("Model", "Product", "Software")
_SURE = "0.65"


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Compile what follows a length of time, and what is moved before one."""
    words = load_schedules()
    what = rf"(?P<noun>{words.topics})(?:\s?(?:시점|시기|일정|계획))?"
    return (
        re.compile(
            rf"{_TIME}(?:"
            rf"\s(?:더\s)?(?P<moved>{words.shifted})[가-힣]*"
            rf"(?:\s(?:[가-힣A-Za-z0-9]+\s)?(?P<then>{words.topics}))?"
            r"|(?:간|\s?동안|에 걸쳐|\s?만에)\s[^.,]{0,25}?(?P<trained>학습|훈련)"
            r"(?:했|한|하|시|됐|되|을 마|을 끝)"
            rf"|간\s(?:공동\s|독점\s)?(?P<term>{words.terms})(?:하|을|를|받|한|했|에 |\s예정|$)"
            rf"|(?P<within>\s?(?:안|이내|내))(?:에|로)\s[^.]{{0,30}}?(?P<duty>{words.duties})"
            r"(?:[가-힣]{0,2}야|도록|토록|하게|할 의무))"
        ),
        re.compile(rf"{what}(?:은|는|이|가|을|를)\s(?:[가-힣]+(?:보다|대비|에서|의)?\s){{0,3}}?$"),
    )


def match_lasting(scene: Scene, taken: Sequence[Draft]) -> Iterator[Draft]:
    """Yield a draft for each length of time that ``taken`` does not tell and that says of what."""
    if _CUE.search(scene.text) is None:
        return
    told = {d.value.text for d in taken if d.value is not None}
    following, before = _patterns()
    for found in following.finditer(scene.text):
        ahead = (c for c in scene.parsed.clauses if c.end >= found.end())
        clause = next(ahead, scene.parsed.clauses[-1] if scene.parsed.clauses else None)
        if clause is None or found["time"] in told:
            continue
        holder, name = _named(scene, found, before, clause)
        if holder is not None and name:
            yield _draft(found, clause, holder, name)


_CUE = Worded(_WORDS, r"{lasting}")
"""A cheap look for any of the words, before the parts are told apart."""


def _named(
    scene: Scene, found: re.Match[str], before: re.Pattern[str], clause: Clause
) -> tuple[Entity | None, str]:
    """Return of whom a length of time is told and what it is of."""
    if found["moved"]:
        return _moved(scene, found, before, clause)
    if found["trained"]:
        told = [n[0] for n in scene.names if n[0].cls == "Model" and not scene.is_generic(n[0])]
        thing = scene.discourse.thing if scene.may_carry else None
        carried = thing if thing and thing.cls in _MODELS else None
        return (told[-1] if told else carried), "학습 기간"
    if found["term"]:
        return topic_entity(scene, clause, None, _KNOWN), f"{found['term']} 기간"
    duty = {"알려": "통지", "알리": "통지"}.get(found["duty"], found["duty"])
    law = next((e for e in scene.pointed("법") if e), None) if scene.may_carry else None
    return law or topic_entity(scene, clause, None, _LAWS), f"{duty} 기한"


def _moved(
    scene: Scene, found: re.Match[str], before: re.Pattern[str], clause: Clause
) -> tuple[Entity | None, str]:
    """Return whose date is moved and which one: the 가동 of "가동을 2년 늦췄다"."""
    change = "단축" if found["moved"].startswith(words_in(_WORDS, "early")) else "지연"
    what = before.search(scene.text[: found.start()])
    noun = what.span("noun") if what else found.span("then")
    if noun[0] < 0 or _IF.search(scene.text, found.start("moved"), found.end()):
        return None, ""
    holder, words = timed(scene, noun, clause)
    return holder, f"{words} {scene.text[slice(*noun)]} 일정 {change}".strip()


def _draft(found: re.Match[str], clause: Clause, holder: Entity, name: str) -> Draft:
    text = found["time"] + (found["within"] or "")
    end = max(clause.tail_end, found.end())
    draft = Draft(holder, "hasMetric", None, Value(text), found.start(), end, clause)
    draft.qualifiers["metric"] = name
    draft.tail = found.end("time"), end
    draft.confidence = _SURE
    return draft
