"""Figures that go to several in turn: "가나와 다라의 목표주가를 각각 10만 원, 20만 원으로"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.classes import BODIES
from extractors.context.scene import Draft, Scene
from extractors.figures.holders import clause_of, topic_entity
from extractors.figures.metric_words import rate_name
from extractors.figures.moves import GROWN_TO, PASSING
from extractors.figures.quantities import holding
from extractors.relations.tense_data import FIGURES
from extractors.sparing import sparing
from extractors.values.metric_data import kind_of, load_metrics
from extractors.values.values import FoundValue
from kg.claim import Entity, Value

_IN_TURN = sparing("각각")
_JOINED = re.compile(r"\s?(?:\([^()]*\))?\s?(?:와|과|·|,|및|그리고|/|&|, 그리고)\s?")
_LEVELS = re.compile(r"(?:은|는|이|가)\s[\d.,]+(?:포인트)?,\s")
"""What stands between indices that are told with where they stand: "나가 2,605.12, 다가 …"."""
_LISTED = re.compile(
    r"(?:\s?\([^()]*\))?\s?(?:으로|로)?(?:,|·|/|와|과|및|그리고|에서)?\s?(?:약\s)?"
)
_GIVEN_TO = re.compile(r"\s?[가-힣A-Za-z]{2,10}에(?:서|게)?\s(?:약\s)?")
"""Where the figures go, before the first: "각각 중국에 3조 원, 5조 원을 투자"."""
_DEALS = frozenset({"investsIn", "supplies", "purchases", "acquires"})


@dataclass(frozen=True, slots=True)
class _Member:
    """One of those listed before the word: a name, or what a qualifier is to be."""

    start: int
    end: int
    subject: Entity | None = None
    qualifier: tuple[str, str] = ("", "")

    def settle(self, draft: Draft) -> None:
        """Make a draft be of this member."""
        if self.subject is not None:
            draft.subject = self.subject
        else:
            key, value = self.qualifier
            draft.qualifiers[key] = value


def in_turn(scene: Scene, drafts: Iterable[Draft]) -> list[Draft]:
    """Give each of the figures behind "각각" to its own name, period or metric, once.

    Drafts that are not of such figures are left as they are, in order.
    """
    made = list(drafts)
    for match in _IN_TURN.finditer(scene.text):
        figures = _figures(scene, match.end())
        if len(figures) == 1:
            made = _shared(scene, match.start(), figures[0], made)
            continue
        made = _dealt(scene, match.start(), figures, made)
        end = figures[-1].end if figures else match.end()
        if passed := PASSING.match(scene.text, end):
            made = [d for d in made if not _is_of(d, figures)]
        if moved := passed or GROWN_TO.match(scene.text, end):
            made = _dealt(scene, match.start(), _figures(scene, moved.end()), made)
    for row in _apiece(scene):
        made = _dealt(scene, row[0].start, row, made)
    return [d for draft in made for d in _together(scene, _amount(scene, draft, made), made)]


def _apiece(scene: Scene) -> Iterator[list[FoundValue]]:
    """Yield rows of figures that several have in turn: "가나와 다라가 3조, 1조 원씩 잃었다"."""
    if "씩" not in scene.text or "각각" in scene.text:
        return
    for value in scene.values:
        row = _figures(scene, value.start)
        if len(row) > 1 and row[0] is value and _EACH.match(scene.text, row[-1].end):
            yield row


_EACH = re.compile(r"씩(?=[\s,.]|$)")


def is_unturned(scene: Scene, draft: Draft) -> bool:
    """Tell one of several figures behind "각각" of which nothing before tells whose each is."""
    value = scene.value_of(draft) if "각각" in scene.text else None
    likely = draft.extractor == "pairs" or draft.confidence in _UNSURE
    if value is None or not likely or draft.predicate not in FIGURES:
        return False
    for match in _IN_TURN.finditer(scene.text, 0, value.start):
        figures = _figures(scene, match.end())
        if len(figures) > 1 and any(figure is value for figure in figures):
            return _members(scene, match.start(), len(figures)) is None
    return False


_UNSURE = ("0.6", "0.65")


def _dealt(
    scene: Scene, before: int, figures: Sequence[FoundValue], made: list[Draft]
) -> list[Draft]:
    """Give each figure of a row to its own member of the list that ends before an offset."""
    members = _members(scene, before, len(figures)) if figures else None
    told = [d for f in figures for d in made if _is_of(d, [f])]
    told = told or (_begun(scene, figures[0], members) if members else [])
    if members is None or not told:
        return made
    at = min((n for n, d in enumerate(made) if _is_of(d, figures)), default=len(made))
    rest = [d for d in made if not _is_of(d, figures)]
    fresh = [_given(told, f, m) for f, m in zip(figures, members, strict=True)]
    last = next((d for d in told if d.value is figures[-1].value), None)
    if last is not None:  # "10조, 1조 원으로 예상된다"
        fresh = [replace(d, tail=last.tail, modality=last.modality) for d in fresh]
    _settle_rates(scene, figures[-1], members[-1], fresh)
    _settle_brackets(scene, rest, figures, members)
    return [*rest[:at], *fresh, *rest[at:]]


def _begun(scene: Scene, first: FoundValue, members: Sequence[_Member]) -> list[Draft]:
    """Make the draft of the first of several metrics, of whom they are told."""
    if any(member.qualifier[0] != "metric" for member in members):
        return []
    holder = topic_entity(scene, clause_of(scene, first), None, BODIES)
    return [holding(scene, first, holder, members[0].qualifier[1])] if holder else []


_APART = re.compile(r"각각|각자|나란히|씩(?:[\s,.]|$)")


def _amount(scene: Scene, draft: Draft, made: Sequence[Draft]) -> Draft:
    """Give a deal its own sum; of one put into several together, none tells how much."""
    own = _own_amount(scene, draft)
    if own.predicate != "investsIn" or own.value is None or _APART.search(scene.text):
        return own
    deals = [d for d in made if d.predicate == "investsIn" and d.subject.id == own.subject.id]
    same = [d for d in deals if _own_amount(scene, d).value is own.value]
    targets = {d.object.id for d in same if d.object}
    rows = [{m.subject.id for m in row if m.subject} for row in _rows(scene, _names(scene))]
    if not any(len(row & targets) > 1 for row in rows):
        return own
    rest = {k: v for k, v in own.qualifiers.items() if k != "amount"}
    return replace(own, value=None, qualifiers=rest)


def _together(scene: Scene, draft: Draft, made: Sequence[Draft]) -> Iterator[Draft]:
    """Yield a change of prices for all who make it: "가나·다라가 값을 20% 올렸다"."""
    yield draft
    clause = draft.clause
    led = (clause.subject or clause.topic) if clause else None
    if draft.predicate != "changesPrice" or led is None or led.joined is None:
        return
    several = [n[0] for n in scene.fill(led, BODIES)]
    had = {d.subject.id for d in made if d.value is draft.value}
    if draft.subject.id in {e.id for e in several}:
        fresh = {e.id: e for e in several if e.id not in had}
        yield from (
            replace(draft, subject=e, qualifiers=dict(draft.qualifiers)) for e in fresh.values()
        )


def _own_amount(scene: Scene, draft: Draft) -> Draft:
    """Give a deal the sum right behind whom it is with: "가에 3조 원, 나에 2조 원을 배정"."""
    target, value = draft.object, draft.value
    if draft.predicate != "investsIn" or target is None or (value and not value.currency):
        return draft
    behind = [
        v
        for v in scene.values
        for entity, _, end in scene.names
        if entity.id == target.id
        and v.value.currency
        and draft.start <= end <= min(v.start, draft.end)
        and (value is None or not _parted(scene, v, value))
        and _GIVEN.fullmatch(scene.text, end, v.start)
    ]
    if not behind or any(v.value is value for v in behind):
        return draft
    if any(_LISTED.fullmatch(scene.text, behind[0].end, v.start) for v in scene.values):
        return draft  # "각각 중국에 3조 원, 5조 원을"
    amount = {"amount": behind[0].value.text}
    return replace(draft, value=behind[0].value, qualifiers={**draft.qualifiers, **amount})


def _parted(scene: Scene, before: FoundValue, value: Value) -> bool:
    """Tell that a verb stands between two sums: "가에 3조 원을 투자했으며 2조 원을 더"."""
    start = next((v.start for v in scene.values if v.value is value), 0)
    return any(before.end <= c.end <= start for c in scene.parsed.clauses)


_GIVEN = re.compile(
    r"(?:·[가-힣A-Za-z0-9]{1,8})*(?:\s[가-힣A-Za-z]{1,8}){0,2}에(?:는|만)?\s(?:약\s|총\s|최대\s)?"
)


def _shared(scene: Scene, at: int, figure: FoundValue, made: Sequence[Draft]) -> list[Draft]:
    """Give one figure to all who are named right before the word: "가나와 다라가 각각 77점을"."""
    rows = [row for row in _rows(scene, [m for m in _names(scene) if m.end <= at]) if len(row) > 1]
    near = rows[-1] if rows and _LED.fullmatch(scene.text, rows[-1][-1].end, at) else []
    ids = {m.subject.id for m in near if m.subject}
    told = next((d for d in made if d.value is figure.value and d.subject.id in ids), None)
    if told is None or not (told.predicate in FIGURES or told.predicate == "scores"):
        return list(made)
    had = {d.subject.id for d in made if d.value is figure.value}
    others = [m.subject for m in near if m.subject and m.subject.id not in had]
    fresh = [replace(told, subject=o, qualifiers=dict(told.qualifiers)) for o in others]
    return [*made, *fresh]


_LED = re.compile(r"(?:의\s[가-힣\s]{1,12}?)?(?:은|는|이|가|도)\s(?:[가-힣]+[을를]\s)?")


def _figures(scene: Scene, start: int) -> list[FoundValue]:
    """List the figures of one kind that stand in a row behind the word, brackets left out."""
    found: list[FoundValue] = []
    for value in (v for v in scene.values if v.start >= start):
        gap = scene.text[found[-1].end if found else start : value.start]
        if gap.count("(") > gap.count(")"):
            continue  # "6.3조 원(영업이익률 35%), 7.6조 원(38%)"
        listed = _LISTED.fullmatch(gap) or (not found and _GIVEN_TO.fullmatch(gap))
        if not listed or (found and kind_of(value.value) != kind_of(found[0].value)):
            break
        found.append(value)
    return found


def _members(scene: Scene, end: int, many: int) -> list[_Member] | None:
    """Return the nearest list of names, periods or metrics before the word with so many."""
    kinds = (_names(scene), _periods(scene), _metrics(scene))
    rows = [row for kind in kinds for row in _rows(scene, [m for m in kind if m.end <= end])]
    return max((row for row in rows if len(row) == many), key=lambda r: r[-1].end, default=None)


def _rows(scene: Scene, members: Sequence[_Member]) -> Iterator[list[_Member]]:
    """Yield the runs of members that are joined by "와", a comma or the like."""
    row: list[_Member] = []
    for member in members:
        gap = _without_values(scene, row[-1].end, member.start) if row else ""
        if row and not (_JOINED.fullmatch(gap) or _LEVELS.fullmatch(gap)):
            yield row
            row = []
        row.append(member)
    if row:
        yield row


def _without_values(scene: Scene, start: int, end: int) -> str:
    """Return what stands between two members, but for the sum that the first comes to."""
    inside = [v for v in scene.values if start <= v.start and v.end <= end]
    if len(inside) != 1 or scene.text[start : inside[0].start].strip(" 은는이가"):
        return scene.text[start:end]
    return scene.text[inside[0].end : end]


def _names(scene: Scene) -> list[_Member]:
    """List the names in order, glossed ones once: "가나(012340)와 다라"."""
    pairs = zip([None, *scene.names], scene.names, strict=False)
    return [
        _Member(start, end, entity)
        for last, (entity, start, end) in pairs
        if last is None or last[0].id != entity.id
    ]


def _periods(scene: Scene) -> list[_Member]:
    return [_Member(p.start, p.end, qualifier=("period", p.value)) for p in scene.periods]


def _metrics(scene: Scene) -> list[_Member]:
    metrics = load_metrics()
    return [
        _Member(m.start(), m.end(), qualifier=("metric", metrics.words[m["word"]].name))
        for m in metrics.pattern.finditer(scene.text)
    ]


def _settle_rates(scene: Scene, last: FoundValue, member: _Member, drafts: Sequence[Draft]) -> None:
    """Let percents of sums be what those changed by: "매출과 영업이익이 각각 3%, 9% 올랐다"."""
    metrics = load_metrics()
    changed = last.value.unit == "%" and metrics.change.match(scene.text, last.end)
    if not changed:
        return
    known = {m.name: m.kinds for m in metrics.words.values()}
    falls = metrics.down.search(changed.group()) is not None
    word = scene.text[member.start : member.end]
    for draft in drafts:
        name = draft.qualifiers.get("metric", "")
        if name in known and "percent" not in known[name]:
            draft.qualifiers["metric"] = rate_name(name, word, falls)


def _is_of(draft: Draft, figures: Sequence[FoundValue]) -> bool:
    of_values = draft.predicate in FIGURES or draft.predicate in _DEALS
    return of_values and any(draft.value is f.value for f in figures)


def _given(told: Sequence[Draft], figure: FoundValue, member: _Member) -> Draft:
    """Make the draft of a figure and its member; the metric is that of the first figure."""
    deal = next((d for d in told if d.predicate in _DEALS), None)
    own = deal or next((d for d in told if d.value is figure.value), told[0])
    metric = {} if deal else _metric_of(told)
    draft = replace(own, value=figure.value, qualifiers={**own.qualifiers, **metric})
    draft.end = max(draft.end, figure.end)
    if "amount" in draft.qualifiers:
        draft.qualifiers["amount"] = figure.value.text
    member.settle(draft)
    return draft


def _metric_of(told: Sequence[Draft]) -> dict[str, str]:
    """Take the metric that a rule tells, else the likely one."""
    by_rule = [d for d in told if d.extractor != "pairs"]
    first = (by_rule or told)[0].qualifiers
    return {"metric": first["metric"]} if "metric" in first else {}


def _settle_brackets(
    scene: Scene, drafts: Sequence[Draft], figures: Sequence[FoundValue], members: Sequence[_Member]
) -> None:
    """Let a figure in the bracket behind one of them be of the same name or period."""
    ends = [*(f.start for f in figures[1:]), len(scene.text)]
    for figure, member, end in zip(figures, members, ends, strict=True):
        bracket = re.match(r"\s?\([^()]*\)", scene.text[figure.end : end])
        inside = [
            v.value
            for v in scene.values
            if bracket and figure.end < v.start < figure.end + bracket.end()
        ]
        for draft in drafts:
            own = any(draft.value is value for value in inside)
            if own and (member.subject or member.qualifier[0] == "period"):
                member.settle(draft)
