"""Views that no verb of saying tells, and what a sentence judges of its topic.

"…다는 게 업계의 시각이다" is the trade's view, "가나는 …겠다는 방침이다" the topic's own, and
"가나는 수혜주로 꼽힌다" what is thought of the topic. The words are ``views.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from extractors.descriptions import described, is_quality
from extractors.holders import carried
from extractors.lexicon_store import load_yaml
from extractors.modality import modality
from extractors.phrases import Clause, Phrase
from extractors.scene import Draft, Scene
from extractors.speakers import SPEAKERS, spoken_of
from kg.claim import Entity, Modality, Value, entity_id

_TOPICS = (
    *("Company", "Organization", "Place", "Person", "Market", "Chip", "Model", "Product"),
    *("Software", "Technology", "Policy", "Facility", "Concept"),
)
_SHORTEST, _LONGEST = 8, 160
_WEAK = frozenset({"있", "없", "이", "하", "보이", "예상", "전망", "관측", "분석", "풀이"})
"""Verbs that only carry the one before: "성장하고 있다", "견조할 전망이다"."""
_OUTLOOKS = frozenset({"전망", "상황", "추세", "것", "수준", "모양새", "국면", "실정", "분위기"})
_COPULA = re.compile(r"(?:이라|(?<=때문)이|(?<=것)이)$")
_SAID = re.compile(r"[“”\"]|[다라자냐]고\s|[다라]며\s")
"""What somebody says, which is no judgement of the topic's."""
_FORESEEN = re.compile(
    r"[가-힣]\s(?:것으로\s(?:보이|보인|보임|보입|예상|전망|관측)"
    r"|가능성[이도]\s(?:있|크|큼|큽|높))[가-힣]{0,4}[.\s]*$"
)
"""What is foreseen of a topic: "가나는 소송을 낼 가능성이 있다"."""
_OWNED = re.compile(r"의\s[가-힣]{2,6}로\s?$")
_LONGEST_GROUP = 20
_POINTING = re.compile(r"^(?:이|그|저|해당|이런|이러한|그런|이번|같은|이 같은)\s")


@dataclass(frozen=True, slots=True)
class Views:
    """The words of ``views.yaml``, compiled."""

    view: re.Pattern[str]
    group: re.Pattern[str]
    kinds: Mapping[str, Modality]
    own: frozenset[str]
    changing: frozenset[str]
    judging: frozenset[str]
    light: Mapping[str, tuple[str, ...]]
    examples: tuple[Mapping[str, Any], ...]
    never: tuple[str, ...]


@lru_cache(maxsize=1)
def load_views() -> Views:
    """Load the words once a process."""
    data = load_yaml(Path(__file__).with_name("views.yaml"))
    kinds = {noun: kind for kind, nouns in data["nouns"].items() for noun in nouns}
    nouns = "|".join(sorted({*kinds, *data["own"]}, key=len, reverse=True))
    groups = "|".join(sorted(data["groups"], key=len, reverse=True))
    view = (
        rf"(?:(?<=[다라자냐])는|(?<=이)란|(?<=것)이란)\s(?P<gap>(?:[가-힣]+\s){{0,3}}?)"
        rf"(?P<noun>{nouns})"
        rf"(?:(?=이다|다[.\s]|입니다|이에요|예요|임|이며|이고|인데|[.]?$)"
        rf"|(?:이|가|도|은|는|을)\s[^.]{{0,16}}?(?:{data['voiced']}))"
    )
    return Views(
        re.compile(view),
        re.compile(
            rf"(?:^|(?<=\s))(?P<who>(?:(?!게\s|것이\s|점이\s|한\s)[가-힣]+\s)?(?:{groups}))(?=\s|의|에서|들|은|는|도|$)"
        ),
        kinds,
        frozenset(data["own"]),
        frozenset(data["changing"]),
        frozenset(data["judging"]),
        {verb: tuple(words) for verb, words in data["light"].items()},
        tuple(data["examples"]),
        tuple(data["never"]),
    )


def match_views(scene: Scene, told: Sequence[Draft]) -> Iterator[Draft]:
    """Yield ``states`` drafts for views and judgements that no draft of ``told`` covers."""
    views = load_views()
    found = next(views.view.finditer(scene.text), None)
    if found is not None:
        if not any(d.predicate == "states" and d.start <= found.start() < d.end for d in told):
            yield from _viewed(scene, found)
        return
    yield from _judged(scene, told)


def _viewed(scene: Scene, found: re.Match[str]) -> Iterator[Draft]:
    views, noun = load_views(), found["noun"]
    ends = [c.end for c in scene.parsed.clauses if c.ending == "final" and c.end < found.start()]
    start = max((e for e in ends if scene.text[e : e + 1] == "."), default=0)
    holders, until = _holders_of_view(scene, found, start)
    text = re.sub(r"^의\s", "", scene.text[until : found.start()]).strip(" ,'\"“”‘’")
    kind = views.kinds.get(noun, "opinion")
    inner = modality(text[-15:])
    text = _COPULA.sub("", text).strip(" '\"“”‘’")
    if not _SHORTEST <= len(text) <= _LONGEST:
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
    for phrase in phrases[:3]:
        if phrase.case in ("at", "topic", "also", "subject"):
            who = re.sub(r"^(?:한|또|다만)\s", "", scene.text[phrase.start : phrase.end])
            if len(who) <= _LONGEST_GROUP and views.group.fullmatch(who):
                return [_group(who)], phrase.until
    explained = found["gap"].startswith(("것이 ", "게 "))
    if found["noun"] in views.own and not explained:
        lead = next((p for p in phrases if p.case in ("topic", "subject", "also")), None)
        speaker = spoken_of(scene, lead) if lead else carried(scene, SPEAKERS)
        return [speaker] if speaker else [], lead.until if lead else start
    inner = next((c for c in reversed(scene.parsed.clauses) if c.start < found.start()), None)
    topic = _lead(scene, inner) if inner and not explained else None
    return _told_of(scene, topic) if topic and topic.start >= start else ([], start)


def _group(who: str) -> Entity:
    return Entity(entity_id(who), "Organization", who)


def _told_of(scene: Scene, phrase: Phrase) -> tuple[list[Entity], int]:
    """Return what a topic tells of, and where what is told begins: "HBM | 수요는 …"."""
    if _POINTING.match(scene.text[phrase.start : phrase.end]) or _is_end_of_list(scene, phrase):
        return [], phrase.until
    named = [n[0] for n in scene.fill(phrase, _TOPICS)]
    if named:
        return list(dict.fromkeys(named)), phrase.until
    first = phrase.owner.start if phrase.owner else phrase.start
    inside = scene.named_in(first, phrase.end, _TOPICS, generic=True)
    if inside:
        entity, _, end = inside[-1]
        rest = scene.text[end : phrase.end]
        if end == phrase.end:
            return [entity], phrase.until
        if entity.cls == "Person" or _LISTED.search(rest) or _is_listed(phrase):
            return [], end  # "가나 CEO의 말은", "HBM 및 차세대 메모리의 표준화가"
        if scene.is_generic(entity):
            whole = described(scene, phrase)
            return [whole] if whole else [], phrase.until  # "LLM 개발 경쟁은": of no LLM
        return ([entity], end) if re.match(r"의?\s(?![^ ]*,)", rest) else ([], end)
    words = scene.text[phrase.start : phrase.end].split()
    if not words or is_quality(words[-1]):
        return [], phrase.until
    whole = described(scene, phrase)
    return [whole] if whole else [], phrase.until


_LISTED = re.compile(r"(?:\s및|,|[가-힣]와|[가-힣]과)\s")


def _is_end_of_list(scene: Scene, phrase: Phrase) -> bool:
    """Tell a noun joined to names that has none: "HBM 및 메모리의 표준화와 역량 확보가"."""
    own = scene.named_in(phrase.start, phrase.end, generic=True)
    return phrase.joined is not None and not own and bool(scene.fill(phrase, _TOPICS))


def _is_listed(phrase: Phrase) -> bool:
    """Tell a name in one of several things that are judged together."""
    return phrase.joined is not None or bool(phrase.owner and phrase.owner.joined)


def _judged(scene: Scene, told: Sequence[Draft]) -> Iterator[Draft]:
    """Yield what the main clause of a sentence judges of its topic."""
    main = _foreseen(scene) or _main_clause(scene)
    lead = _lead(scene, main[0]) if main else None
    if main is None or lead is None or _is_told(scene, main, told):
        return
    clause, last, opinion = main
    if not _is_judging(clause) and not _names_whom(scene, lead):
        return
    judged = modality(scene.text[clause.stem_end : max(clause.tail_end, last.end)])
    if judged == "fact" and "가능성" in scene.text[last.end - 12 : last.end]:
        judged = "forecast"
    if judged is None:
        return
    for subject, start in _judged_subjects(scene, clause, lead):
        text = re.sub(r"^의\s", "", scene.text[start : last.end].strip(" "))
        if not _SHORTEST <= len(text) <= _LONGEST or text[:1] == "," or _SAID.search(text):
            continue
        draft = Draft(subject, "states", None, Value(text), lead.outer_start, last.end)
        draft.modality = "opinion" if opinion and judged == "fact" else judged
        draft.confidence = "0.6"
        period = scene.period_for(draft.start, draft.end)
        if period:
            draft.qualifiers["period"] = period
        yield draft


def _is_told(scene: Scene, main: tuple[Clause, Clause, bool], told: Sequence[Draft]) -> bool:
    """Tell whether a draft holds the clause already, or a figure says how much."""
    clause, last, _ = main
    return any(d.start <= clause.start < d.end for d in told) or any(
        clause.start - 30 <= v.start < last.end for v in scene.values
    )


def _judged_subjects(scene: Scene, clause: Clause, lead: Phrase) -> Iterator[tuple[Entity, int]]:
    """Yield the topic, and whose weakness or task it is: "낮은 수율이 인텔의 약점으로 꼽힌다"."""
    subjects, start = _told_of(scene, lead)
    yield from ((subject, start) for subject in subjects)
    owners = _OWNED.search(scene.text[: clause.start])
    for entity, first, end in scene.names if owners else ():
        if owners and end == owners.start() and first >= lead.until and entity not in subjects:
            yield entity, lead.outer_start


def _foreseen(scene: Scene) -> tuple[Clause, Clause, bool] | None:
    """Return the clause that a sentence ends in foreseeing: "소송을 낼 가능성이 있다"."""
    told = "것으로" in scene.text or "가능성" in scene.text
    found = _FORESEEN.search(scene.text) if told else None
    clauses = scene.parsed.clauses
    if found is None or clauses[-1].ending != "final":
        return None
    clause = next((c for c in clauses if c.start <= found.start() < c.end), None)
    return (clause, clauses[-1], False) if clause else None


def _names_whom(scene: Scene, lead: Phrase) -> bool:
    """Tell a topic that a name of somebody is, not a group or a place: "여기서도"."""
    named = scene.named_in(lead.start, lead.end, SPEAKERS)
    return bool(named) and named[-1][2] == lead.end


def _is_judging(clause: Clause) -> bool:
    views = load_views()
    return clause.lemma in views.judging | views.changing or clause.lemma in views.light


def _lead(scene: Scene, clause: Clause) -> Phrase | None:
    """Return the topic of a clause, else its subject, unless another stands between."""
    before = [p for p in scene.parsed.phrases if p.end <= clause.start]
    told = [p for p in before if p.case in ("topic", "subject", "also")]
    lead = clause.topic or clause.subject or (told[-1] if told else None)
    if lead is None or lead.start > clause.start or lead.case == "also":
        return None
    return None if any(p.case == "also" and p.start > lead.start for p in told) else lead


def _main_clause(scene: Scene) -> tuple[Clause, Clause, bool] | None:
    """Return the clause that judges, the one that ends the sentence, and if it is an opinion."""
    views = load_views()
    clauses = [c for c in scene.parsed.clauses if c.ending != "relative"]
    if not clauses or clauses[-1].ending != "final":
        return None
    last = clauses[-1]
    if scene.text[last.end :].strip(" .)!"):
        return None
    for clause in reversed(clauses[-3:]):
        if clause.lemma in views.light:
            before = scene.text[: clause.start].split()
            fits = bool(before) and before[-1] in views.light[clause.lemma]
            return (clause, last, clause.lemma in ("받", "남")) if fits else None
        if clause.lemma in views.changing:
            return clause, last, False
        if clause.lemma in views.judging and clause.lemma != "보이":
            return clause, last, True
        if clause.lemma not in _WEAK:
            return None
        if clause.lemma == "이":
            noun = clause.arg("copula")
            if noun is None or noun.head not in _OUTLOOKS:
                return None
    return None
