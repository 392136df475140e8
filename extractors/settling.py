"""What rules and examples tell in a sentence, settled: of whom, how sure and of when it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.syllables import SSANG_SIOT, final
from extractors.context.scene import Draft, Scene
from extractors.figures.bases import settle_change
from extractors.figures.house_targets import match_house_targets, of_firms
from extractors.figures.listed_figures import match_listed_times
from extractors.figures.misheld import rightly_held
from extractors.figures.misheld_data import load_misheld
from extractors.figures.misnamed import without_misnamed
from extractors.figures.parts.among import with_among
from extractors.figures.parts.settled import settle_parts
from extractors.figures.parts.shares import settle_part
from extractors.figures.parts.sums import with_parts
from extractors.figures.plain_holders import match_plain, widen
from extractors.figures.rankings import settle_rank
from extractors.figures.shares import settle_share
from extractors.figures.spans import settle_span
from extractors.figures.trade_figures import settle_trade
from extractors.language.modality import modality
from extractors.names.descriptions import is_crowd
from extractors.names.longer_things import make_whole
from extractors.relations.bought_parts import settle_bought_part
from extractors.relations.exclusions import without_replaced
from extractors.relations.frame_bars import uses_own_kind
from extractors.relations.frame_modality import is_apart, is_conditional
from extractors.relations.headed_modality import settle_headed
from extractors.relations.respective import in_turn, is_unturned
from extractors.relations.settled_periods import settle_period
from extractors.relations.tense_data import load_tenses
from extractors.relations.tenses import settle_time
from extractors.speech.saying import Speech
from extractors.speech.speech import attribute, is_passed_on
from extractors.word_lists import words_in
from kg.claim import Modality


def settled(scene: Scene, matched: Sequence[Draft], said: list[Speech]) -> Iterator[Draft]:
    """Yield what rules and examples tell, given to whom it is of, its modality and time judged."""
    matched = list(of_firms(scene, in_turn(scene, without_replaced(scene, matched))))
    matched = with_parts(scene, list(rightly_held(scene, matched)))
    if scene.values:
        matched = with_among(scene, matched)
        matched += match_house_targets(scene, matched)
        widen(scene, matched)
        matched += rightly_held(scene, list(without_misnamed(scene, match_plain(scene, matched))))
        matched += match_listed_times(scene, matched)
    make_whole(scene, matched)
    settle_parts(scene, matched)
    for draft in matched:
        if draft.modality is None or (draft.predicate != "states" and is_crowd(draft.subject)):
            continue
        if draft.object is not None and draft.object.id == draft.subject.id:
            continue  # a thing whose own name was cut short: "가나 코드 프록시는 가나 코드를"
        _settle_product(draft)
        if draft.qualifiers.get("product") in load_misheld().no_parts or uses_own_kind(draft):
            continue
        if is_passed_on(scene, draft, said) or is_unturned(scene, draft):
            continue
        if _judge(scene, draft, said):
            yield draft


def _settle_product(draft: Draft) -> None:
    """Take for no product what tells the kind of a multiple, or by which rules an account is."""
    told, product = draft.qualifiers, draft.qualifiers.get("product")
    if product in load_misheld().kinds_of_multiple or product in load_misheld().standards:
        del told["product"]
    if product in load_misheld().standards and product not in told.get("metric", ""):
        told["metric"] = f"{product} {told['metric']}"


def _judge(scene: Scene, draft: Draft, said: list[Speech]) -> bool:
    """Judge how sure a draft is, whose words and when; ``False`` if it is nothing told."""
    if draft.tail is not None and (ends := _end_of_told(scene, draft)):
        draft.tail = (min(draft.tail[0], ends), ends)
    if draft.tail is not None:
        draft.modality = _modality(scene.text, *draft.tail, apart=is_apart(draft.clause))
    if draft.predicate == "cancels" and draft.extractor == "pairs":
        draft.modality = "fact" if draft.modality == "denied" else draft.modality
    if draft.modality == "denied" and _outdoes(draft):
        draft.modality = "fact"  # who does not get ahead competes all the same
    if draft.modality == "fact" and is_conditional(scene, draft):
        draft.modality = "forecast"
    if draft.modality is not None:
        attribute(scene, draft, said)
    for settle in _SETTLING if draft.modality is not None else ():
        settle(scene, draft)
    if draft.attributed_to == draft.subject.label:
        draft.attributed_to = None  # whose words it is has turned out to be its holder
    return draft.modality is not None


def _outdoes(draft: Draft) -> bool:
    clause = draft.clause if draft.predicate == "competesWith" else None
    return clause is not None and clause.lemma in words_in(_FRAMES, "outdoing")


_FRAMES = "lexicon/frames/words.yaml"


def _end_of_told(scene: Scene, draft: Draft) -> int | None:
    """Return where a figure's own part ends, if somebody else goes on behind it.

    "매출은 12% 증가, 시장은 더 늘 것으로 전망했다": the growth is a fact.
    """
    found = scene.value_of(draft)
    said = _SAID.match(scene.text, found.end) if found else None
    if said and final(said["past"]) == SSANG_SIOT:
        return said.end("told")  # "15억 달러를 받았다며 더 들어올 것으로 예상한다"
    done = _DONE.match(scene.text, found.end) if found else None
    if done is None:
        return None
    behind = (p for p in scene.parsed.phrases if p.start >= done.end() and p.case in _LEADING)
    leads = next(behind, None)
    near = leads is not None and "," not in scene.text[done.end() : leads.start]
    return done.end("noun") if leads and near and leads.start - done.end() <= _NEAR else None


_DONE = re.compile(
    r"[^,.]{0,12}?(?P<noun>증가|감소|상승|하락|성장|급등|급락|폭등|폭락|기록|달성|돌파|개선|급증|급감),\s"
)
_SAID = re.compile(r"(?P<told>[^,.“”]{0,16}?(?P<past>[가-힣])다)(?:며|면서도?)[\s,]")
_LEADING = ("topic", "subject")
_EVEN = ("까지", "마저", "조차")
"""Particles with which a deed goes on in a verb of its own."""
_NEAR = 16

_SETTLING = (
    settle_time,
    settle_headed,
    settle_period,
    settle_span,
    settle_change,
    settle_rank,
    settle_share,
    settle_part,
    settle_trade,
    settle_bought_part,
)


def _modality(text: str, start: int, end: int, *, apart: bool = False) -> Modality | None:
    """Judge a predicate; "도입하고 준수를 의무화하는 방안을 제안" proposes both."""
    if text[start:end] in _EVEN:
        end = len(text)  # "인수까지 검토한다"
    over = text[max(0, start - 2) : start] in load_tenses().done  # "계약을 체결하고 … 할 계획"
    both = None if over else _PROPOSED.match(text, start)
    rest = "" if apart else text[end:]
    start -= text.startswith(
        " 것", start
    )  # the last of "만들 것" belongs to the stem and the ending
    return modality(text[start : max(end, both.end() if both else 0)], rest)


_PROPOSED = re.compile(
    r"[하되]고,?\s[가-힣A-Za-z0-9\s]{2,40}?[가-힣](?:는|할|을|릴|칠|낼)\s(?:방안|계획|방침|구상|법안|안)(?:을|은|이|에)"
)
