"""Sentences to claims: match, judge modality, cite the clause."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import compress
from typing import TYPE_CHECKING

from corpus.datelines import Datelines
from corpus.report import Report
from extractors.context.accounted_periods import periods_above
from extractors.context.ahead import Ahead
from extractors.context.outlines import Headings, told_above
from extractors.context.scene import Draft, Named, Scene
from extractors.context.title_lines import lines_above
from extractors.context.told_before import Discourse
from extractors.context.topics import is_titled, promote, report_topic, writer_of
from extractors.context.voices import voices
from extractors.context.worth import is_mere_title, is_worth
from extractors.discourse.careers import match_careers
from extractors.discourse.memory import remember
from extractors.discourse.notes import note
from extractors.discourse.turning import RUNNING, turn_to
from extractors.figures.allotments import match_allotments
from extractors.figures.bracketed_rates import match_growth
from extractors.figures.breakdowns import match_breakdowns
from extractors.figures.comparisons import match_comparisons
from extractors.figures.dense_lines import match_dense
from extractors.figures.figure_rules import DATED, FIGURES
from extractors.figures.label_rows import match_label_rows
from extractors.figures.metrics import match_metrics
from extractors.figures.parts.listed import match_part_lines, match_splits
from extractors.figures.ratings import match_ratings
from extractors.figures.share_prices import match_share_prices
from extractors.figures.share_rows import match_share_rows
from extractors.figures.shares import match_shares
from extractors.figures.told_growth import match_grown
from extractors.figures.trends import match_trends
from extractors.figures.unnamed_sums import sum_told
from extractors.lexicon.frame_data import load_frames
from extractors.lexicon.makers import makers
from extractors.names.english import is_english, match_english
from extractors.names.english_titles import match_english_titles
from extractors.names.own_names import match_own_names
from extractors.pairs.match import match_pairs
from extractors.readings import readings
from extractors.relations.attribute_labels import match_labels
from extractors.relations.counterparts import match_counterparts
from extractors.relations.exclusions import (
    without_cancelled,
    without_others,
)
from extractors.relations.foundries import (
    by_contractors,
    match_foundries,
    without_mere_makers,
)
from extractors.relations.frames import match_frames
from extractors.relations.headed_modality import ahead_under
from extractors.relations.headlined_things import match_headlined
from extractors.relations.instruments import match_instruments
from extractors.relations.lasting import match_lasting
from extractors.relations.patterns import match_patterns
from extractors.relations.phrasings import match_phrasings
from extractors.relations.repeats import without_repeats
from extractors.relations.rivals import settle_rivals
from extractors.relations.rounds import match_rounds, without_reversed
from extractors.relations.schedules import match_schedules
from extractors.relations.settled_periods import settle_period
from extractors.relations.tasks import match_tasks
from extractors.relations.trades import match_trades
from extractors.relations.yet_to_come import settle_built
from extractors.settling import settled
from extractors.speech.callings import match_callings
from extractors.speech.closings import led_by, match_closings
from extractors.speech.intentions import match_intentions
from extractors.speech.quotations import match_quotations
from extractors.speech.saying import Speech, last_speaker, speeches
from extractors.speech.speech import match_speech
from extractors.speech.stances import match_stances
from extractors.speech.statements import match_statements
from extractors.speech.views import match_views
from extractors.unread import read_or_warn
from kg.claim import Claim, Entity, Evidence

if TYPE_CHECKING:
    from corpus.sentences import Sentence


def prose_claims(
    report: Report,
    sentences: Sequence[Sentence],
    found: Sequence[Sequence[Named]],
    ahead: Ahead | None = None,
) -> Iterator[Claim]:
    """Yield the claims of all sentences in reading order; ``found`` are their names."""
    for sentence, scene in scenes(report, sentences, found, ahead):
        span = sentence.span
        for draft in read_or_warn(partial(drafts, scene), report, span.start, span.end):
            note(scene.discourse, draft)
            yield _claim(report, sentence, draft)


def scenes(
    report: Report,
    sentences: Sequence[Sentence],
    found: Sequence[Sequence[Named]],
    ahead: Ahead | None = None,
) -> Iterator[tuple[Sentence, Scene]]:
    """Yield every sentence that may tell something, analysed, with what came before it.

    What a sentence leaves for the next is remembered when the next is asked for. ``ahead``
    analyses the sentences, if it has begun to.
    """
    ahead = ahead or Ahead(sentences, found)
    above = told_above(report, sentences, found, load_frames().generic)
    worth = [is_worth(s.clean.text, named) for s, named in zip(sentences, found, strict=True)]
    read = [s for s, wanted in zip(sentences, worth, strict=True) if wanted]
    titles = [is_mere_title(s, named) for s, named in zip(sentences, found, strict=True)]
    told = [wanted and not mere for wanted, mere in zip(worth, titles, strict=True)]
    frames, dates = load_frames(), Datelines(report)
    telling = list(compress(zip(sentences, found, strict=True), told))
    said = readings(telling, dates, ahead.morphemes(found, told))
    found = [named for named, wanted in zip(found, worth, strict=True) if wanted]
    above = [entity for entity, wanted in zip(above, worth, strict=True) if wanted]
    home, whole = _home(report, read, found)
    discourse = Discourse(home, writer_of(report))
    headings = Headings(frames.generic)
    voiced = voices(read, found)
    lines = list(lines_above(report, sentences))
    dated = list(compress(periods_above(sentences, lines, dates), worth))
    lines = list(compress(lines, worth))
    last: Sentence | None = None
    for at, (sentence, named, label) in enumerate(zip(read, found, above, strict=True)):
        text = sentence.clean.text
        if sentence.kind == "heading":
            headings.read(text, sentence.section, named)
        heading = label or headings.over(sentence.section)
        item = last is not None and _is_item_of(report, last, sentence)
        turn_to(discourse, last, sentence, heading, item=item)
        discourse.profiled = label or headings.alone.get(sentence.section)
        over = (*sentence.section, lines[at]) if lines[at] else sentence.section
        discourse.voice, discourse.ahead = voiced.get(at), ahead_under(over)
        discourse.accounts = dated[at]
        last = sentence
        if is_mere_title(sentence, named):
            continue
        values, periods, tokens, parsed = next(said)
        scene = Scene(
            text,
            list(named),
            values,
            periods,
            parsed,
            discourse,
            frames.trailing,
            frames.anaphora,
            frames.generic,
            frames.pointing,
            may_carry=item or _may_carry(sentence, heading or whole),
            in_list=sentence.kind == "list",
            tokens=tokens,
        )
        promote(scene)
        yield sentence, scene
        part = home is not None and not text.endswith("다.")
        titled = part and len(text) < len(report.title) and text in report.title
        if not (titled or (item and _SOURCE.fullmatch(text))):
            remember(scene)
        discourse.sum = sum_told(scene)


def _home(
    report: Report, read: Sequence[Sentence], found: Sequence[Sequence[Named]]
) -> tuple[Entity | None, Entity | None]:
    """Return whom a report is about, and the same if its title says so: a card of one firm."""
    texts = [sentence.clean.text for sentence in read]
    home = report_topic(report.title, texts, found)
    return home, home if is_titled(home, report.title, texts, found) else None


def _may_carry(sentence: Sentence, heading: Entity | None) -> bool:
    """Tell whether a dropped subject may be one from before: not in a list of headlines."""
    text = sentence.clean.text
    if sentence.kind not in ("prose", "list"):
        return False
    closed = sentence.kind == "prose" and _CLOSED.search(text) is not None
    return closed or heading is not None or RUNNING.search(text) is not None


_SOURCE = re.compile(r"\([^()]{2,40}\)\W*")
"""A bracket at an item's end, which tells who reported it: "(가나신문, 2026-02-03)"."""
_CLOSED = re.compile(r"^[가-힣 ]{1,9}: |[.?!…][”’\"')\]\s]*(?:\[[^\[\]]*\]\s*)*$")
"""What tells a label or a sentence's end, not a line of its own ("설비투자 12억 달러")."""


def _is_item_of(report: Report, last: Sentence, sentence: Sentence) -> bool:
    """Tell whether a sentence goes on in the list item of the one before."""
    between = report.text[last.span.end : sentence.span.start]
    return last.kind == sentence.kind == "list" and "\n" not in between


def drafts(scene: Scene, *, learned: bool = True) -> Iterator[Draft]:
    """Yield what one sentence claims, its modality judged; questions claim nothing.

    Without ``learned`` only the relations and quantities that rules tell: no pair that is
    related by example, and nothing that is said.
    """
    if is_english(scene.text):
        yield from match_english(scene)
        yield from match_english_titles(scene)
        yield from match_labels(scene, ())
        yield from match_quotations(scene, [])
        yield from match_part_lines(scene)
        return
    said = speeches(scene)
    leading = [led_by(scene)[0]] if not said else []
    told = (*(s.speaker for s in said), *leading)
    scene.speakers = frozenset(s.id for s in told if s and s.cls == "Organization")
    scene.spoke, scene.spoke_as = last_speaker(scene, said)
    phrased = [*match_phrasings(scene), *match_share_prices(scene)]
    split = list(match_splits(scene)) if scene.values else []
    phrased += _besides(phrased, (*split, *match_growth(scene, split)))
    phrased += _besides(phrased, match_label_rows(scene))
    phrased += _besides(phrased, match_dense(scene)) if scene.values else ()
    phrased += _besides(phrased, match_breakdowns(scene)) if scene.values else ()
    phrased += match_labels(scene, phrased)
    phrased += match_ratings(scene)
    phrased += _besides(phrased, match_allotments(scene)) if scene.values else ()
    phrased += _besides(phrased, match_headlined(scene))
    phrased += _besides(phrased, match_part_lines(scene))
    matched = _by_rule(scene, phrased)
    if learned:
        matched += match_pairs(scene, matched)
    kept = list(settled(scene, matched, said)) if matched or scene.values else []
    settle_built(kept)
    yield from without_repeats(kept)
    if learned:
        for draft in _sayings(scene, said, phrased, kept):
            settle_period(scene, draft)
            yield draft


def _sayings(
    scene: Scene, said: list[Speech], phrased: Sequence[Draft], kept: Sequence[Draft]
) -> Iterator[Draft]:
    """Yield what somebody says, demands or thinks."""
    stated = list(match_speech(scene, said))
    stated += match_statements(scene, stated)
    stated += match_quotations(scene, stated)
    stated += match_callings(scene, stated)
    yield from _besides(phrased, stated)
    voiced = list(match_stances(scene, stated))
    yield from voiced
    closed = list(match_closings(scene, [*kept, *stated, *voiced]))
    viewed = closed or list(match_views(scene, [*kept, *stated, *voiced]))
    yield from viewed
    yield from match_intentions(scene, [*kept, *stated, *voiced, *viewed])


def _by_rule(scene: Scene, phrased: Sequence[Draft]) -> list[Draft]:
    """Return what phrasings and all other rules tell, each on what those before it leave."""
    matched = without_cancelled(
        (
            *phrased,
            *_besides(phrased, match_frames(scene)),
            *match_patterns(scene, makers()),
            *_besides(phrased, match_metrics(scene)),
            *match_trends(scene),
            *match_foundries(scene),
            *match_own_names(scene),
            *match_trades(scene),
            *match_english_titles(scene),
            *match_instruments(scene),
        )
    )
    rounds = list(_besides(phrased, match_rounds(scene)))
    matched = [*without_reversed(matched, rounds), *rounds]
    matched = without_mere_makers(list(by_contractors(scene, without_others(matched))))
    matched = list(settle_rivals(scene, matched))
    matched += match_counterparts(scene, matched)
    if scene.values:
        matched += _besides(phrased, match_growth(scene, matched))
        matched += _besides(phrased, match_grown(scene, matched))
    for match in FIGURES if _has_untold(scene, matched) else DATED:
        found = list(match(scene, matched))
        matched += found
        matched += _growth(scene, found, matched) if found else ()
    matched += match_shares(scene, matched) if scene.values else ()
    matched += match_share_rows(scene, matched) if scene.values else ()
    matched += match_careers(scene, matched)
    matched += match_tasks(scene, matched)
    matched += match_schedules(scene, matched)
    matched += match_lasting(scene, matched)
    matched += match_comparisons(scene, matched) if scene.values else ()
    return matched


def _has_untold(scene: Scene, matched: Sequence[Draft]) -> bool:
    """Tell whether a sentence has a figure of which nothing is told yet."""
    told = {d.value.text for d in matched if d.value is not None}
    return any(value.value.text not in told for value in scene.values)


def _growth(scene: Scene, found: Sequence[Draft], matched: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the growth of figures that have just been found, where it is not told yet."""
    told = {id(d.value) for d in matched}
    for draft in (*match_growth(scene, found), *match_grown(scene, matched)):
        if id(draft.value) not in told:
            told.add(id(draft.value))
            yield draft


def _besides(phrased: Sequence[Draft], found: Iterable[Draft]) -> Iterable[Draft]:
    """Leave out what a phrasing has told of the same quantity, relation or statement."""
    return _untold(phrased, found) if phrased else found


_ONE_WAY = ("investsIn", "acquires")
"""What who is invested in or bought does to nobody in the same words."""


def _untold(phrased: Sequence[Draft], found: Iterable[Draft]) -> Iterator[Draft]:
    own = (d for d in phrased if d.object is None or d.predicate == "uses")
    values = {d.value.text for d in own if d.value is not None}
    told = {(d.subject.id, d.predicate, d.object.id) for d in phrased if d.object}
    told |= {(o, p, s) for s, p, o in told if p in _ONE_WAY}
    said = [(d.start, d.end) for d in phrased if d.predicate == "states"]
    for draft in found:
        again = draft.object and (draft.subject.id, draft.predicate, draft.object.id) in told
        inside = draft.predicate == "states" and any(
            start <= draft.start and draft.end <= end for start, end in said
        )
        if not (again or inside or (draft.value and draft.value.text in values)):
            yield draft


def _claim(report: Report, sentence: Sentence, draft: Draft) -> Claim:
    text = sentence.clean.text
    start, end = draft.start, draft.end
    while start < end and text[start] in " ,·-–'\"“”‘’)":
        start += 1
    end -= len(text[start:end]) - len(text[start:end].rstrip(" ,."))
    span = sentence.clean.span(start, end)
    page = next((p for p in report.pages if p.span.start <= span.start < p.span.end), None)
    assert draft.modality is not None
    return Claim(
        draft.subject,
        draft.predicate,
        draft.object,
        draft.value,
        Evidence(
            report.id,
            sentence.section,
            span.of(report.text),
            span.start,
            span.end,
            page.index if page else None,
            page.printed if page else None,
            sentence.table,
        ),
        dict(sorted(draft.qualifiers.items())),
        draft.modality,
        draft.attributed_to,
        draft.extractor,
        Decimal(draft.confidence),
    )
