"""Views that no verb of saying tells, of those who hold them.

"…다는 게 업계의 시각이다" is the trade's view, "가나는 …겠다는 방침이다" the topic's own. What
is only thought of a topic ("가나는 수혜주로 꼽힌다", "가나가 앞섰다는 평가가 나온다") nobody
named says, the topic least of all. The words are ``views.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.classes import ACTORS
from extractors.context.scene import Draft, Scene
from extractors.context.speaker_names import speakers_of
from extractors.figures.holders import carried, is_house
from extractors.language.modality import modality
from extractors.language.phrases import Phrase
from extractors.sparing import sparing
from extractors.speech.quotations import named_alone
from extractors.word_lists import filled, inverted, load_words
from kg.claim import Entity, Modality, Value, entity_id

_SHORTEST, _LONGEST = 8, 160
_COPULA = re.compile(r"(?:이라|(?<=때문)이|(?<=것)이)$")
_LONGEST_GROUP = 20


@dataclass(frozen=True, slots=True)
class Views:
    """The words of ``views.yaml``, compiled."""

    view: re.Pattern[str]
    group: re.Pattern[str]
    kinds: Mapping[str, Modality]
    own: frozenset[str]
    intent: frozenset[str]


@lru_cache(maxsize=1)
def load_views() -> Views:
    """Load the words once a process."""
    data = load_words("speech/views.yaml")
    kinds = inverted(data["nouns"])
    nouns = "|".join(sorted({*kinds, *data["own"]}, key=len, reverse=True))
    groups = "|".join(sorted(data["groups"], key=len, reverse=True))
    view = (
        rf"(?=[는란이])(?:(?<=[다라자냐])는|(?<=이)란|(?<=것)이란)\s(?P<gap>(?:[가-힣]+\s){{0,3}}?)"
        rf"(?P<noun>{nouns})"
        rf"(?:(?=이다|다[.\s]|입니다|이에요|예요|임|이며|이고|인데|[.]?$|\s(?:유지|고수|견지|재확인|되풀이|반복|표명)(?:함|했|하고|하며)?)"
        rf"|(?:이|가|도|은|는|을)\s[^.]{{0,16}}?(?:{data['voiced']}))"
    )
    return filled(
        Views,
        data,
        view=sparing(view),
        group=re.compile(
            rf"(?:^|(?<=\s))(?P<who>(?:(?!게\s|것이\s|점이\s|한\s)[가-힣]+\s)?(?:{groups}))(?=\s|의|에서|들|은|는|도|$)"
        ),
        kinds=kinds,
    )


def match_views(scene: Scene, told: Sequence[Draft]) -> Iterator[Draft]:
    """Yield ``states`` drafts for views that no draft of ``told`` covers."""
    found = next(load_views().view.finditer(scene.text), None)
    if found is None:
        return
    if not any(d.predicate == "states" and d.start <= found.start() < d.end for d in told):
        yield from _viewed(scene, found)


def _viewed(scene: Scene, found: re.Match[str]) -> Iterator[Draft]:
    views, noun = load_views(), found["noun"]
    ends = [c.end for c in scene.parsed.clauses if c.ending == "final" and c.end < found.start()]
    start = max((e for e in ends if scene.text[e : e + 1] == "."), default=0)
    holders, until = _holders_of_view(scene, found, start)
    text = re.sub(r"^의\s", "", scene.text[until : found.start()]).strip(" ,'\"“”‘’")
    kind = views.kinds.get(noun, "opinion")
    inner = modality(text[-15:])
    text = _COPULA.sub("", text).strip(" '\"“”‘’")
    if not _SHORTEST <= len(text) <= _LONGEST or (noun in views.intent and inner != "plan"):
        return
    for holder in holders:
        draft = Draft(holder, "states", None, Value(text), start, found.end())
        draft.modality = inner if kind == "opinion" and inner in ("forecast", "plan") else kind
        draft.confidence = "0.7"
        yield draft


def _holders_of_view(scene: Scene, found: re.Match[str], start: int) -> tuple[list[Entity], int]:
    """Return whose view it is and where what is viewed begins."""
    views = load_views()
    inside = views.group.search(found["gap"])
    if inside:
        return [_group(inside["who"].strip())], start
    phrases = [p for p in scene.parsed.phrases if start <= p.start and p.end <= found.start()]
    for phrase in reversed(phrases):
        if phrase.case in ("at", "topic", "also"):
            who = re.sub(r"^(?:한|또|다만)\s", "", scene.text[phrase.start : phrase.end])
            if len(who) <= _LONGEST_GROUP and views.group.fullmatch(who):
                return [_group(who)], phrase.until
    if found["gap"].startswith(("것이 ", "게 ")):
        return [], start
    lead = next((p for p in phrases if p.case in ("topic", "subject", "also")), None)
    first = phrases[0] if phrases else None
    if first is not None and first.case == "comma" and _speaks_alone(scene, first):
        lead = first  # "가나부, …겠다는 입장"
    if found["noun"] in views.own or (lead and _is_thinker(scene, lead, found)):
        speakers = speakers_of(scene, lead) if lead else [carried(scene, ACTORS)]
        return [s for s in speakers if s], lead.until if lead else start
    return [], start


def _speaks_alone(scene: Scene, phrase: Phrase) -> bool:
    return named_alone(scene, phrase.start, phrase.end) is not None


def _is_thinker(scene: Scene, lead: Phrase, found: re.Match[str]) -> bool:
    """Tell whose own a view of whatever kind is: a house's or person's that leads to its end."""
    if found["gap"] or _CLOSES.match(scene.text, found.end()) is None or lead.case == "subject":
        return False
    return any(s.cls == "Person" or is_house(s) for s in speakers_of(scene, lead))


_CLOSES = re.compile(r"(?:이다|다|임|입니다|이에요|예요)?[.*\s]*$")


def unnamed(who: str) -> Entity | None:
    """Return the group that words tell who speaks although nobody is named: "한국 증권가"."""
    text = who.strip(" *")
    return _group(text) if load_views().group.fullmatch(text) else None


def _group(who: str) -> Entity:
    return Entity(entity_id(who), "Organization", who)
