"""Figures of dense lines: what each measures and whose it is, as label, item and bracket tell.

The label tells what all items measure ("HBM 점유율: 가나 50%·다라 33%") or whose they are
("가나 2Q26: 매출 79조·영업이익 9조"); signed rates of firms that no metric names are moves of
their shares. A bracket glosses the figure that it stands behind: how that changed, what it was
or was expected to be, or another figure of the same holder. What a bracket tells else of an
item is nobody's. The words are ``dense_lines.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.alternation import holds_any
from extractors.classes import BODIES, THINGS
from extractors.context.brackets import bracket_at
from extractors.context.scene import Draft, Named, Scene
from extractors.figures.dense_glosses import told_by_gloss
from extractors.figures.dense_items import Item, Line, dense_line, words_of
from extractors.figures.dense_words import Measure, dense_words, is_signed, measure_of, tells
from extractors.figures.holders import HOLDERS
from extractors.figures.parts.words import line_label
from extractors.figures.share_prices import moved
from extractors.values.metric_data import load_metrics
from extractors.values.values import FoundValue
from kg.claim import Entity, Modality, entity_id

_SIGNS = ("·", ",", "/", ";", "(", "—", ":")
_FEWEST = 2
_BOUND = re.compile(r":\s|\s[—–]\s")
_MARKS = " ~+-−▲▼△▽→:*"
_TOLD = re.compile(r"(?:[다요음임함됨]|우려|기대|악재|호재|여파|충격|실망|부담|경계)\.?\s*$")
"""What a label ends in that tells why shares moved, not what is measured."""
_PLAIN = re.compile(r"[가-힣A-Za-z][가-힣A-Za-z0-9&]{1,9}")
_COUNTED = re.compile(r"\d+\s?(?:개\s?)?사")
_YEAR = re.compile(r"(?:[^:]*\()?(?P<year>20[1-3]\d)(?:\s|[EF]?\)(?=\s?[:—]))")
_STRANGE = re.compile(r"[^\w\s&/.\-+'’]")
_PARTICLE = re.compile(r"[가-힣]")
_ROUND = re.compile(r"(?:시리즈|프리|시드|브릿지)?\s?(?:[A-H]\+?)?")
_OF_PARTS = ("매출", "점유율", "영업이익", "수주", "출하량", "생산능력")
_SURE = "0.75"


@dataclass(frozen=True, slots=True)
class Head:
    """What a label tells: whose its items are, what they measure, of what time."""

    holder: Entity | None
    measure: Measure | None
    product: Entity | None
    period: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Told:
    """An item with whose figure it tells and what that measures."""

    item: Item
    holder: Entity
    measure: Measure | None
    product: str | None = None
    teller: Entity | None = None
    foretold: bool = False


def match_dense(scene: Scene) -> Iterator[Draft]:
    """Yield the figures of a line whose label stands before items, and of their brackets."""
    if not holds_any(scene.text, _SIGNS):
        return
    line = dense_line(scene)
    if line is None:
        return
    head = _head(scene, line)
    if len(scene.values) < _FEWEST and head.holder is None:
        return
    told: list[Told] = []
    for item in line.items:
        last = told[-1] if told else None
        if found := _told(scene, head, item, last):
            told.append(replace(found, foretold=_is_foretold(scene, item, last)))
    told = _of_firms(told)
    moves = [t for t in told if t.measure is None]
    for found in told:
        if found.measure is not None:
            yield from _drafts(scene, head, found)
        elif len(moves) > 1:
            yield _move(scene, found)


def _is_foretold(scene: Scene, item: Item, last: Told | None) -> bool:
    """Tell "예상 EPS 2달러·매출 9억": what is told ahead of one is of those joined to it."""
    if tells(scene.text[item.start : item.begins], dense_words().forecast):
        return True
    return last is not None and last.foretold and scene.text[item.start - 1] == "·"


def _of_firms(told: Sequence[Told]) -> list[Told]:
    """Take plain nouns in a row with firms for firms; shares move of firms alone."""
    firms = any(t.holder.cls == "Company" for t in told)
    kept = [t for t in told if firms or t.measure is not None]
    plain = [t for t in kept if t.holder.cls == "Concept" and firms]
    return [replace(t, holder=replace(t.holder, cls="Company")) if t in plain else t for t in kept]


def _head(scene: Scene, line: Line) -> Head:
    """Read the label of a line; of several parts the last that names anybody tells whose it is."""
    cuts = [m for m in _BOUND.finditer(scene.text, 0, line.body)]
    cuts = [m for m in cuts if bracket_at(scene.text, m.start()) is None]
    edges = [0, *(m.end() for m in cuts)]
    segments = [(a, m.start()) for a, m in zip(edges, cuts, strict=False)] or [(0, line.body)]
    holder = _holder(scene, segments)
    start, end = segments[-1]
    named = [n for n in scene.named_in(start, end, generic=True) if not _in_bracket(scene, n)]
    times = [p for p in scene.periods if p.start < line.body and len(p.value) < len("2026-01-01")]
    bodies = [n for n in named if n[0].cls in BODIES]
    cut = [*((n[1], n[2]) for n in bodies), *((p.start, p.end) for p in times)]
    words = words_of(scene, start, end, cut)
    measure = measure_of(words, label=True) or _each(scene, words, line.body)
    products = [n[0] for n in named if n[0].cls not in (*BODIES, "Place", "Person")]
    begun = [p for p in scene.periods if line.body <= p.start <= line.body + 1]
    times = times or begun  # "나래전자: 2Q26 매출 3조, 순이익 1조"
    period = times[-1].value if len({p.value for p in times}) == 1 else None
    last = (
        named[-1][0] if named and words.endswith(scene.text[named[-1][1] : named[-1][2]]) else None
    )
    product = products[-1] if products and (measure or products[-1] is last) else None
    year = None if times else _YEAR.match(scene.text, start)
    period = year["year"] if year else period
    words = scene.text[start:end] + "".join(f" {scene.text[p.start : p.end + 1]}" for p in begun)
    return Head(holder, measure, product, period, words)


def _each(scene: Scene, words: str, body: int) -> Measure | None:
    """Return what a label that only says "사별" leaves to a bracket, or to what was told."""
    figure = scene.discourse.figure
    if words not in dense_words().each:
        return None
    metrics = load_metrics()
    own = metrics.pattern.search(scene.text, body)
    if own is not None and bracket_at(scene.text, own.start("word")) is not None:
        return Measure(metrics.words[own["word"]], own["word"])
    if figure is None:
        return None
    name = figure.qualifiers.get("metric", "점유율" if figure.predicate == "marketShare" else "")
    known = metrics.words.get(name)
    return Measure(known, name) if known else None


def _holder(scene: Scene, segments: Sequence[tuple[int, int]]) -> Entity | None:
    for start, end in reversed(segments):
        named = scene.named_in(start, end, BODIES)
        firms = {n[0].id: n[0] for n in named if not _in_bracket(scene, n)}
        if firms:
            return next(iter(firms.values())) if len(firms) == 1 else None
    return None


def _in_bracket(scene: Scene, named: Named) -> bool:
    return bracket_at(scene.text, named[1]) is not None


def _told(scene: Scene, head: Head, item: Item, last: Told | None) -> Told | None:
    """Return whose figure an item tells and what it measures, if its words tell both."""
    inside = scene.named_in(item.start, item.begins, generic=True)
    named = [n for n in inside if not _in_bracket(scene, n)]
    owners = [n for n in named if n[0].cls in HOLDERS and not scene.is_generic(n[0])]
    things = [n for n in named if n not in owners]
    times = [p for p in scene.periods if item.start <= p.start and p.end <= item.begins]
    cut = [(n[1], n[2]) for n in owners] + [(p.start, p.end) for p in times]
    told = words_of(scene, item.start, item.begins, cut)
    if tells(told, dense_words().wide):
        return None
    words = " ".join(w for w in told.split() if w.strip(_MARKS) not in dense_words().plain)
    words = _STRANGE.sub("", words).strip(_MARKS)
    if len(owners) > 1 or (owners and owners[0][0].cls == "Person"):
        return None
    if any(_PARTICLE.match(scene.text, n[2]) for n in named):
        return None
    owner = owners[0][0] if owners else None
    measure = measure_of(item.tail) if item.tail else measure_of(words)
    words = "" if item.tail and _ROUND.fullmatch(words) else words
    if measure is not None and measure.told(item.value, scene.text) is None:
        return None
    if owner is not None and not words and not item.tail:
        return _named_alone(scene, head, item, owner, last)
    if measure is not None:
        return _measured(head, item, owner, measure, tells(told, dense_words().forecast))
    if owner is not None:
        return None
    return _in_part(scene, head, item, last, things, words, bool(times))


def _named_alone(
    scene: Scene, head: Head, item: Item, owner: Entity, last: Told | None
) -> Told | None:
    """Read "가나 50%": of what the label measures, else of what its thing's item before does."""
    measure = head.measure
    thing = head.holder is not None and owner.cls in THINGS
    if head.measure is not None and head.holder not in (None, owner) and not thing:
        return None  # "가나전력 수주: 다라유틸 3천억 원" is of a customer
    if measure is None and thing and last is not None:
        measure = last.measure
    moving = measure is None or measure.metric.name in load_metrics().shares
    if measure is None or (moving and item.value.value.unit == "%"):
        return Told(item, owner, None) if _is_move(scene, head, item, owner) else None
    if measure.told(item.value, scene.text) is None:
        return None
    if thing and head.holder is not None:
        return Told(item, head.holder, measure, owner.label)
    return Told(item, owner, measure, _label_of(head))


def _label_of(head: Head) -> str | None:
    return head.product.label if head.product else None


def _is_move(scene: Scene, head: Head, item: Item, owner: Entity) -> bool:
    """Tell the move of a share: signed, of who is traded, where nothing else is measured."""
    if item.value.value.unit != "%" or owner.cls not in ("Company", "Market"):
        return False
    if not is_signed(item.value, scene.text) or item.former is not None:
        return False
    metrics = load_metrics()
    other = metrics.pattern.search(head.words)
    market = metrics.market.search(scene.text) or _TOLD.search(head.words)
    return other is None or other["word"] in metrics.shares or bool(market)


def _measured(
    head: Head, item: Item, owner: Entity | None, measure: Measure, foretold: bool
) -> Told | None:
    """Read "영업이익 9조" of whom the label names, "가나 영업이익 9조" of whom it names itself."""
    if owner is not None and head.holder is not None and foretold and owner is not head.holder:
        return Told(item, head.holder, measure, _part_of(measure), owner)
    if owner is not None and head.holder is not None and owner.cls in THINGS:
        return Told(item, head.holder, measure, owner.label)
    holder = owner or head.holder
    part = _part_of(measure)
    if owner is None and head.measure is None and measure.metric.name in _OF_PARTS:
        part = part or _label_of(head)  # "나래전자 HBM: 매출 6조, 점유율 33%"
    return Told(item, holder, measure, part) if holder else None


_LED = re.compile(r"(?<=[가-힣A-Za-z0-9]{2})(?:은|는)$")


def _part_of(measure: Measure) -> str | None:
    """Return of which part of a firm a figure is: the 클라우드 of "클라우드 매출"."""
    parted = measure.metric.of == "org" and not _counts(measure)
    part = _LED.sub("", measure.part)
    return part or None if parted or measure.metric.name == "비중" else None


def _in_part(
    scene: Scene,
    head: Head,
    item: Item,
    last: Told | None,
    things: Sequence[Named],
    words: str,
    timed: bool,
) -> Told | None:
    """Read items without a metric: a part of whom the label names, a time, a plain noun."""
    measure = head.measure or (last.measure if last else None)
    plain = Entity(entity_id(words), "Company", words)
    if measure is None and _is_noun(words) and _is_move(scene, head, item, plain):
        return Told(item, replace(plain, cls="Concept"), None)
    if measure is None or measure.told(item.value, scene.text) is None:
        return None
    whole = head.measure is not None and " " not in head.measure.part
    holder = head.holder or (last.holder if last and not words else None)
    holder = holder or (head.product if whole else None)
    if not words and timed and holder:
        return Told(item, holder, measure, last.product if last else None)
    whole = len(things) == 1 and words == scene.text[things[0][1] : things[0][2]]
    part = things[0][0].label if whole else line_label(words)
    whose = head.holder or (last.holder if last and last.product and part else None)
    if whose is not None:
        return Told(item, whose, measure, part) if part else None
    if head.measure is None or not _is_noun(words):
        return None
    return Told(item, Entity(entity_id(words), "Concept", words), measure, _label_of(head))


def _is_noun(words: str) -> bool:
    """Tell one noun that is no sum and no rest: not 합계, not 기타."""
    plain = _PLAIN.fullmatch(words) is not None
    return plain and words not in dense_words().sums and not words.startswith("기타")


def _drafts(scene: Scene, head: Head, told: Told) -> Iterator[Draft]:
    """Yield the figure of an item, what it was before, and what its bracket tells."""
    assert told.measure is not None
    main = _draft(scene, head, told, told.item.value)
    if main is None:
        return
    yield main
    if told.item.former is not None:
        former = _draft(scene, head, told, told.item.former)
        if former is not None:
            former.qualifiers["basis"] = "이전"
            yield former
    if told.item.gloss is not None:
        yield from told_by_gloss(scene, main, told.item.value, told.item.gloss)


def _draft(scene: Scene, head: Head, told: Told, value: FoundValue) -> Draft | None:
    item, measure = told.item, told.measure
    named = measure.told(value, scene.text) if measure else None
    if measure is None or named is None:
        return None
    draft = Draft(told.holder, named[0], None, value.value, item.start, item.end)
    if named[0] not in ("marketShare", "marketSize"):
        draft.predicate = "hasMetric"
        draft.qualifiers["metric"] = _name(measure, _limit(head, told), named[1])
    times = [p for p in scene.periods if item.start <= p.start and p.end <= item.begins]
    standing = measure.metric.name in dense_words().standing
    period = times[-1].value if times else None if standing else head.period
    draft.qualifiers |= {"product": told.product} if told.product else {}
    draft.qualifiers |= {"period": period} if period else {}
    draft.attributed_to = told.teller.label if told.teller else None
    draft.modality = _modality(scene, head, told)
    draft.confidence = _SURE
    return draft


def _limit(head: Head, told: Told) -> str:
    """Return the words that make a measure one of a kind: the OLED of "OLED 가동률"."""
    measure = told.measure
    if measure is None or told.product == measure.part:
        return ""
    words = measure.part.split()
    if measure is head.measure:
        words = words[1:] if told.product or told.holder is head.product else words
        words = [] if any(_COUNTED.match(w) for w in words) else words
    return " ".join(words) if measure.metric.of != "org" or _counts(measure) else ""


def _counts(measure: Measure) -> bool:
    """Tell a number of people or things, of which some are of a kind: "연구 인력 3천 명"."""
    return measure.metric.name.endswith(" 수")


def _name(measure: Measure, limit: str, name: str) -> str:
    if limit and _counts(measure):
        return f"{limit} {measure.word}" + ("" if measure.word.endswith("수") else " 수")
    return f"{limit} {name}".strip()


def _modality(scene: Scene, head: Head, told: Told) -> Modality:
    dense, text = dense_words(), scene.text
    words = f"{head.words} {text[told.item.start : told.item.begins]}"
    if told.measure and told.measure.metric.modality:
        return told.measure.metric.modality
    if tells(words, dense.plan):
        return "plan"
    ahead = told.foretold or tells(words, dense.forecast) or _ESTIMATED.search(words)
    return "forecast" if ahead else "fact"


_ESTIMATED = re.compile(r"\d\s?[EF](?![A-Za-z\d])")


def _move(scene: Scene, told: Told) -> Draft:
    sign = scene.text[: told.item.begins].rstrip()[-1:]
    draft = moved(scene, told.holder, told.item.value, sign if sign in "+▲▼▽↑↓" else "")
    draft.start, draft.end, draft.clause, draft.tail = told.item.start, told.item.end, None, None
    draft.qualifiers.pop("basis", None)
    return draft
