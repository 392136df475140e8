"""What houses advise to do with a firm's shares: "투자의견은 매수를 유지했다".

A rating is no quantity: its value is the word that the house uses (``ratings.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractors.alternation import any_of
from extractors.context.scene import Draft, Scene
from extractors.figures.holders import is_house
from extractors.sparing import sparing
from extractors.word_lists import load_words
from kg.claim import Entity, Value

_METRIC = "투자의견"


@dataclass(frozen=True, slots=True)
class Ratings:
    """The forms in which a rating is told, each with the group ``rating``; ``hint`` for any."""

    forms: tuple[re.Pattern[str], ...]
    hint: re.Pattern[str]


@lru_cache(maxsize=1)
def load_ratings() -> Ratings:
    """Load and compile the words once a process."""
    data = load_words("figures/ratings.yaml")
    rating = rf"[‘’“”'\"]?(?P<rating>{any_of(data['ratings'])})[‘’“”'\"]?(?:\([A-Za-z ]+\))?"
    advised, to = any_of(data["advised"]), any_of(data["to"])
    former = r"\s[‘’“”'\"]?[가-힣A-Za-z ]{2,9}[‘’“”'\"]?에서"
    forms = (
        rf"{_METRIC}(?:은|는|을|를|도|이)?(?:\s?[:：]|{former})?"
        rf"\s?{rating}(?![가-힣]*(?:인|인지)\s)",
        rf"{rating}(?:의|\s)\s?(?:투자\s?)?의견(?:을|를|은|이)\s(?:[가-힣]+\s)?(?:{to})",
        rf"(?:에\s대해|에\s대한)\s(?:[가-힣]+\s)?{rating}(?:을|를)\s(?:[가-힣]+\s)?(?:{advised})",
    )
    return Ratings(tuple(map(re.compile, forms)), sparing(any_of(["의견", *data["advised"]])))


def match_ratings(scene: Scene) -> Iterator[Draft]:
    """Yield the rating of the firm that a sentence names, else of the one the text is about."""
    if not load_ratings().hint.search(scene.text):
        return
    told = [m for form in load_ratings().forms for m in form.finditer(scene.text)]
    houses = [n[0] for n in scene.names if is_house(n[0])]
    for match in told[:1]:
        firm = _firm(scene, match.start())
        if firm is not None and (houses or not _told_by_stranger(scene, firm, match.start())):
            draft = Draft(firm, "hasMetric", None, Value(match["rating"]), 0, match.end())
            draft.qualifiers["metric"] = _METRIC
            draft.modality, draft.confidence = "opinion", "0.7"
            draft.attributed_to = houses[0].label if len(houses) == 1 else None
            yield draft


def _told_by_stranger(scene: Scene, firm: Entity, start: int) -> bool:
    """Tell a rating of a house whose name is unknown: another house's may not follow it."""
    leading = [p for p in scene.parsed.phrases if p.leads and p.end <= start]
    return any(
        all(n[0].id != firm.id for n in scene.named_in(p.outer_start, p.end)) for p in leading
    )


def _firm(scene: Scene, start: int) -> Entity | None:
    named = [n[0] for n in scene.names if n[0].cls == "Company" and not is_house(n[0])]
    if named:
        before = [n[0] for n in scene.names if n[0].id == named[0].id and n[1] < start]
        alone = len({firm.id for firm in named}) == 1
        return before[-1] if before and alone else None
    topic = scene.discourse.topic if scene.may_carry else None
    return topic if topic and topic.cls == "Company" and not is_house(topic) else None
