"""What the bracket behind a figure of a dense line tells of it: "79조(QoQ +9%, 컨센 77조)"."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.classes import BODIES, THINGS
from extractors.context.scene import Draft, Scene
from extractors.figures.dense_items import glosses, words_of
from extractors.figures.dense_words import changed, dense_words, is_signed, measure_of, tells
from extractors.values.metric_data import kind_of
from extractors.values.values import FoundValue
from kg.claim import Entity

_MARKS = " ~+▲▼△▽:=→"


def told_by_gloss(
    scene: Scene, main: Draft, figure: FoundValue, gloss: tuple[int, int]
) -> Iterator[Draft]:
    """Yield what a bracket tells; its other figures as drafts without modality: nobody's."""
    told = set()
    for start, end, value in glosses(scene, gloss):
        draft = _told(scene, main, figure, (start, end), value)
        if draft is not None:
            told.add(value.start)
            yield draft
    for value in scene.values:
        if gloss[0] < value.start < gloss[1] and value.start not in told:
            draft = _like(main, value, main.qualifiers.get("metric", ""))
            draft.modality = None
            yield draft


def _told(
    scene: Scene, main: Draft, figure: FoundValue, place: tuple[int, int], value: FoundValue
) -> Draft | None:
    """Return what one part of a bracket tells."""
    start, end = place
    named = [n for n in scene.named_in(start, value.start) if n[0].cls in BODIES]
    times = [p for p in scene.periods if start <= p.start and p.end <= value.start]
    cut = [*((n[1], n[2]) for n in named), *((p.start, p.end) for p in times)]
    words = words_of(scene, start, value.start, cut).strip(_MARKS)
    behind = scene.text[value.end : end].strip(" +")
    dense, name = dense_words(), main.qualifiers.get("metric", "점유율")
    alike = _unit(value) == _unit(figure)
    if words in dense.sums:
        return None
    if tells(words + behind, (*dense.looked_for, *dense.met)):
        said = words and not tells(words, dense.looked_for)
        if not alike or measure_of(words) or (named and said):
            return None
        return _expected(main, value, named[0][0] if named else None, words)
    if words in dense.former:
        return _with(_like(main, value, ""), basis="이전") if alike else None
    over = dense.over.get(words) or dense.over.get(behind)
    if (over or (not words and is_signed(value, scene.text))) and not named and not times:
        return _change(main, value, name, over)
    if not words and times and not named and alike and not behind:
        return _with(_like(main, value, ""), period=times[-1].value)
    return _own(scene, main, value, named[-1][0] if named else None, words, behind)


def _own(
    scene: Scene, main: Draft, value: FoundValue, holder: Entity | None, words: str, behind: str
) -> Draft | None:
    """Return a further figure that a bracket names by its own metric: "(기업가치 3조)"."""
    measure = measure_of(words) if words and not behind else None
    told = measure.told(value, scene.text) if measure else None
    if measure is None or told is None or measure.part:
        return None
    draft = _like(main, value, told[1], predicate=told[0])
    draft.subject = holder or _named_before(scene, value) or main.subject
    draft.modality = measure.metric.modality or "fact"
    if draft.subject is not main.subject:
        draft.qualifiers.pop("product", None)
    inside = [p for p in scene.periods if p.end <= value.start]
    opened = scene.text.rfind("(", 0, value.start)
    if inside and inside[-1].start > opened:
        draft.qualifiers["period"] = inside[-1].value
    return draft


def _named_before(scene: Scene, value: FoundValue) -> Entity | None:
    """Return whom the bracket has named before: "(다라 +28%, 백로그 3조)"."""
    opened = scene.text.rfind("(", 0, value.start)
    named = [n for n in scene.named_in(opened, value.start) if n[0].cls in (*BODIES, *THINGS)]
    return named[-1][0] if named else None


def _expected(main: Draft, value: FoundValue, teller: Entity | None, words: str) -> Draft:
    """Return what others had looked for: a forecast, of a source if one is named."""
    draft = _with(_like(main, value, ""), basis="컨센서스")
    draft.modality = "forecast"
    source = words.split(maxsplit=1)[0] if words else ""
    if teller is not None:
        draft.attributed_to = teller.label
    elif source and not tells(source, dense_words().looked_for):
        draft.attributed_to = source
    return draft


def _change(main: Draft, value: FoundValue, name: str, over: str | None) -> Draft | None:
    """Return how a figure has changed, which is not itself a change."""
    kind = kind_of(value.value)
    level = not name.endswith(("률", "폭", "액")) or name.endswith(("이익률", "점유율"))
    if not level and name.rpartition(" ")[2].startswith("증감"):
        return None
    if kind == "times" and over is None:
        return None
    draft = _like(main, value, f"{name}{changed(value)}", predicate="hasMetric")
    return _with(draft, basis=over) if over else draft


def _like(main: Draft, value: FoundValue, metric: str, *, predicate: str = "") -> Draft:
    """Make a draft of a figure of whom another is, of the same metric if none is given."""
    draft = Draft(
        main.subject,
        predicate or main.predicate,
        None,
        value.value,
        main.start,
        max(main.end, value.end),
        modality=main.modality,
        confidence=main.confidence,
    )
    draft.attributed_to = main.attributed_to
    draft.qualifiers = {k: v for k, v in main.qualifiers.items() if k != "basis"}
    if predicate in ("marketShare", "marketSize"):
        draft.qualifiers.pop("metric", None)
    elif metric:
        draft.qualifiers["metric"] = metric
    return draft


def _with(draft: Draft, **qualifiers: str) -> Draft:
    draft.qualifiers |= qualifiers
    return draft


def _unit(value: FoundValue) -> tuple[str, str | None]:
    kind = kind_of(value.value)
    return ("money" if kind == "scaled" else kind), value.value.unit
