"""Whose a quantity is that no rule gives to anybody, by what it has in common with examples."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.context.scene import Draft, Scene
from extractors.figures.figure_names import by_unit, called
from extractors.figures.holders import clause_of, is_setting, transparent
from extractors.figures.measures import is_measure
from extractors.figures.metric_words import fits_pace
from extractors.figures.quantities import holding
from extractors.language.words import is_common
from extractors.names.descriptions import is_quality
from extractors.pairs.bars import is_figure_barred
from extractors.pairs.by_holder import by_holder, may_be_told
from extractors.pairs.candidates import quantity
from extractors.pairs.features import Party, View, kinds
from extractors.pairs.model import CONFIDENCE, EXTRACTOR, load_model
from extractors.relations.frame_values import is_other_sum
from extractors.values.metric_data import load_metrics
from extractors.values.values import FoundValue

_SUMMED = re.compile(r"(?:두|세|네|다섯|\d+개?)\s?(?:회사|기업|업체|사)(?:의|가|는|를)?\s")
"""Several together, whose figure is not that of the one told of before: "네 회사의 합산 …"."""
_GLOSSED = re.compile(r"(?P<word>[가-힣A-Za-z]+)\s?(?P<bracket>\()[+\-]?$")
"""A figure in the bracket behind a word: "딥러닝(+27%)"."""
_SURE = 0.6
"""How likely a holder is whose quantity has but a guessed name."""
_POINTING = re.compile(r"이는\s|이 같은\s|이 수치는\s")
"""How a sentence begins that compares the figure before: "이는 예상치 5조 원을 웃돈다"."""
_LEADERS = ("Company", "Organization", "Model", "Software")


def quantities(view: View, others: Sequence[Party], matched: Sequence[Draft]) -> Iterator[Draft]:
    """Give each quantity that is left to the one who most likely has it."""
    model, scene = load_model("quantities"), view.scene
    used = {d.value.text for d in matched if d.value is not None}
    for value in scene.values:
        if value.value.text in used or not _is_figure(scene, value):
            continue
        party = quantity(value)
        able = [other for other in others if kinds(other, party) in model.kinds]
        if any(not p.carried and _is_led(scene, p, value) for p in able):
            able = [p for p in able if not p.carried]
        able = _of_clause(scene, able, value) or able
        name, told = called(scene, value) if able else (None, False)
        if not able or (name is None and not may_be_told(value)):
            continue
        rated = model.judge(view, [(other, party) for other in able])
        label, odds = max(rated, key=lambda told: told[1])
        holder = able[rated.index((label, odds))]
        held = model.holds(label, odds, carried=bool(holder.carried))
        name = name or by_holder(scene, holder, value)
        if name == holder.entity.label:  # "HBM 192GB": so much of it
            name = None if scene.is_generic(holder.entity) else by_unit(scene, value)
        if name is not None and not _fits(scene, name, value):
            name = by_unit(scene, value)
        if name is None or not held or _of_another(scene, value, holder):
            continue
        if is_figure_barred(scene, holder, value) or _is_compared(scene, value, name):
            continue
        if (odds < _SURE and not told) or (holder.carried and not _may_go_on(scene, name)):
            continue
        draft = holding(scene, value, holder.entity, name)
        draft.confidence, draft.extractor = CONFIDENCE, EXTRACTOR
        yield draft


def _is_of_beside(scene: Scene, value: FoundValue, holder: Party) -> bool:
    """Tell a figure whose holder stands beside it: "가나가 76%(부품은 98%)를"."""
    sized = scene.text.startswith("급 ", value.end) and holder.end <= value.start
    if sized and any(start == value.end + len("급 ") for _, start, _ in scene.names):
        return True  # "가나와 다라는 2GW급 센터를": it is the centre's
    inside = _BRACKETED.search(scene.text, 0, value.start)
    return inside is not None and not holder.carried and holder.end <= inside.start()


_BRACKETED = re.compile(r"\([^()]{2,24}[은는]\s(?:약\s)?$")


def _is_figure(scene: Scene, value: FoundValue) -> bool:
    """Tell what measures somebody from what a deed costs: "주식 5조 원 매각"."""
    return is_measure(scene, value) and not is_other_sum(scene, "", value)


def _is_compared(scene: Scene, value: FoundValue, name: str) -> bool:
    """Tell a ratio of a trait that its adjective names: "연산은 100배에서 1,600배까지 비싸다"."""
    metrics = load_metrics()
    trait = metrics.adjective.search(scene.text, value.end, value.end + _TRAIT_NEAR)
    return trait is not None and value.value.unit in ("배", "%") and not metrics.compares(name)


_TRAIT_NEAR = 24


def _fits(scene: Scene, name: str, value: FoundValue) -> bool:
    """Tell that a metric may come in the unit of a figure: no bandwidth in GB."""
    metric = load_metrics().words.get(name)
    return metric is None or fits_pace(metric, scene.text, value)


def _may_go_on(scene: Scene, name: str) -> bool:
    """Tell what a firm alone has (매출), or a sentence without a subject, from "구리 값은 …"."""
    if _POINTING.match(scene.text):
        return False
    words = load_metrics().words
    metric = words.get(name, words.get(name.split(maxsplit=1)[0]))
    if metric is not None and metric.of == "org":
        return True
    return not any(p.leads for p in scene.parsed.phrases)


def _is_led(scene: Scene, party: Party, value: FoundValue) -> bool:
    """Tell who is the topic or subject before a value, and no kind of thing."""
    if party.start > value.start or party.kind not in _LEADERS:
        return False
    return any(
        p.leads and any(n[1] == party.start for n in scene.fill(p, (party.kind,)))
        for p in scene.parsed.phrases
    )


def _of_clause(scene: Scene, able: Sequence[Party], value: FoundValue) -> list[Party]:
    """Return who is the subject of a value's own clause: "가나는 “다라가 3조를 쏟는다”고 했다"."""
    clause = clause_of(scene, value)
    led = clause.subject if clause else None
    if led is None or led.end > value.start or scene.named_in(led.end, value.start):
        return []
    return [p for p in able if led.start <= p.start < led.end]


def _of_another(scene: Scene, value: FoundValue, holder: Party) -> bool:
    """Tell a figure of a word in front of its bracket, of several, or of those spoken of."""
    glossed = _GLOSSED.search(scene.text[: value.start])
    if glossed and holder.end != glossed.start("bracket"):
        word = glossed["word"]
        return word not in load_metrics().words and not is_quality(word)
    if _is_of_stranger(scene, value, holder) or _is_of_beside(scene, value, holder):
        return True
    if holder.start >= 0:
        return False
    if value.value.unit == "위" or _of_owner(scene, value, holder):
        return True
    aside = any(is_setting(scene, phrase) for phrase in scene.parsed.phrases)
    return aside or _SUMMED.search(scene.text) is not None


def _is_of_stranger(scene: Scene, value: FoundValue, holder: Party) -> bool:
    """Tell the figure of a name that nobody knows: "가나 3% 하락, 모르텍 4% 하락"."""
    begins = scene.text.rfind(", ", 0, value.start) + 2
    if begins < 2 or holder.start >= begins:
        return False
    words = scene.text[begins : value.start].split()
    if len(words) != 1 or scene.named_in(begins, value.start) or _LED_BY.search(words[0]):
        return False
    first = next((t for t in scene.tokens if t.start >= begins), None)
    if first is None or first.form != words[0] or not first.tag.startswith("NN"):
        return False
    return not (
        is_common(words[0]) or words[0] in load_metrics().words.keys() | load_metrics().empty
    )


_LED_BY = re.compile(r"[은는을를이가도]$")


def _of_owner(scene: Scene, value: FoundValue, holder: Party) -> bool:
    """Tell the figure of an owner who is no name or another: "국내 업체의 점유율은 3%"."""
    told = [p for p in scene.parsed.phrases if p.leads]
    owner = next((p.owner for p in reversed(told) if p.end <= value.start), None)
    if owner is None:
        return False
    named = {n[0].id for n in scene.named_in(owner.start, owner.end)}
    return holder.entity.id not in named if named else not transparent(scene, owner)
