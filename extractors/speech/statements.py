"""Statements without a clause of saying: refusals, "A에 따르면", "…다는 B의 분석"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.classes import ACTORS
from extractors.context.quotation_marks import is_quoted
from extractors.context.scene import Draft, Named, Scene
from extractors.context.speaker_names import leader_of, speakers_of, spoke_before
from extractors.figures.holders import carried
from extractors.language.modality import modality
from extractors.language.phrases import Clause, Phrase
from extractors.language.speech_data import load_speech
from extractors.names.descriptions import is_quality
from extractors.names.name_patterns import patterns
from extractors.relations.tenses import tense_of
from extractors.sparing import sparing
from extractors.word_lists import Worded, words_in
from kg.claim import Entity, Modality, Value, entity_id

_WORDS = "speech/statements.yaml"
_SAID = Worded(
    _WORDS,
    r"(?:다는|라는|자는|냐는)\s(?:것이\s)?(?:[가-힣]+\s)?(?P<who>[^,.]{1,40}?)의\s(?:[가-힣]+\s)?"
    r"(?P<noun>{sayings})",
)
_CIRCULATES = Worded(
    _WORDS,
    r"(?:다는|라는|자는|냐는)\s(?:[가-힣]+\s)?(?P<noun>{views})(?:이|가|도)\s(?P<who>"
    r"[가-힣A-Za-z ]{2,16}?)(?:에서|에서는|에서도|사이에서|중심으로)\s[^.]{0,12}?{circulating}",
)
_MEANING = re.compile(
    r"^(?:[①-⑳\-*•□○]\s?)?(?:(?:주|주석|참고|비고)\s?\d?\s?[:：)]\s?)?+"  # a note's mark is no term
    r"(?P<term>[^.,]{1,40}?(?<!라면)(?<!이면)(?<!하면))(?:\([^()]*\))?(?:이?란|은|는|이란|:)\s(?P<what>[^.]{10,}?"
    r"(?:을|를)\s(?:뜻|의미|말|가리)(?:한다|하는|함|합니다|킨다|킴|해요|하며)|[^.]{10,}?"
    r"(?:기술|방식|기법|구조|지표|메모리|벤치마크|표준|공정|개념|능력|역량|과정|방법)"
    r"(?:이다|입니다|임|예요|이에요)?)\.?$"
)
_EXPLAINED = Worded(
    _WORDS,
    r"(?:다|라)[”\"]?는\s(?:게|것이)\s(?P<who>[^,.]{1,30}?)(?:의|\s측)?\s?(?:공식\s)?"
    r"(?P<noun>{sayings})(?:이다|다|임|입니다|이에요|예요)",
)
_CLOSING = Worded(
    _WORDS,
    r"(?:다|라|자|냐|(?<=것)이란)[”\"’']?(?:는|(?<=란))\s(?P<who>[^,.“”\"]{2,30}?)(?:의|\s측의?)?"
    r"\s(?:공식|자체|내부|최근|핵심)?\s?(?P<noun>{sayings}|{closing})"
    r"(?=[\s.*)]*$|이?다\.?$|이?\s나왔|도\s나왔)",
)
"""A line that ends with whose words it tells: "…와 호환된다는 가나 측 주장"."""
_AGREED = re.compile(
    r"(?:(?P<told>다|자|라)|[하되])는\s데(?:에|는|에는)?\s(?:모두\s|함께\s|대체로\s)?"
    r"(?:뜻을\s모[으았]|의견을\s(?:같이|모[으았])|인식을\s같이|공감|동의|합의|의견이\s일치|입을\s모[으았])[가-힣]*"
)
_COPULA = re.compile(r"(?<=것)이?라$|(?<=[가-힣])이라$")
"""The end of what is said that only joins it on: "오를 것이라는"."""
_QUOTE_END = re.compile(r"[”\"]\s?이?라$")
"""How a quotation ends that goes on with "…이라는 것이": what follows its mark is not said."""
_ASKED = Worded(_WORDS, r"{asked}(?:\s?요청)?에[는도]?\s?$")
"""What one declines to answer; other requests are no questions."""
_JOINED = re.compile(r".,|[고며나데만]\s")
"""Where a clause begins after another: not after "더 큰 칩을 써서"."""
_DENIED = re.compile(r"[”’\"']\s?(?:이?라)?고\s(?:[가-힣]+\s)?$")
_NEGATED = re.compile(r"지(?:는|도)? (?:않|못)")
_DECLINED = sparing(
    r"(?:논평|언급|답변|확인|설명|인터뷰|공개)(?:을|를)?\s?(?:거절|거부|피했|삼갔)"
    r"|(?:논평|답변|즉답|입장|해명)(?:을|를)\s(?:내놓지|주지|피했)"
)


_SHORTEST = 8
_NOTES = ("주:", "주 :", "주)", "자료:", "출처:")


def match_statements(scene: Scene, matched: list[Draft]) -> Iterator[Draft]:
    """Yield ``states`` drafts for what is said without a verb of saying; a note says nothing."""
    if scene.text.startswith(_NOTES):
        return
    if not any(d.predicate == "states" for d in matched):
        yield from _according(scene)
    yield from _attributed(scene)
    yield from _agreed(scene)
    yield from _circulating(scene)
    yield from _meaning(scene)
    yield from _refused(scene, matched)


def _according(scene: Scene) -> Iterator[Draft]:
    """ "A에 따르면 …": what follows is what A says."""
    for phrase in scene.parsed.phrases:
        if phrase.case != "source":
            continue
        speaker = _first(scene, phrase)
        text = scene.text[phrase.until :].strip(" ,.")
        if speaker is None or len(text) < 12:
            return
        draft = Draft(speaker, "states", None, Value(text), phrase.outer_start, len(scene.text))
        draft.modality = modality(text[-25:]) or "fact"
        if draft.modality in ("fact", "denied"):
            draft.modality = tense_of(scene, phrase.until, len(scene.text))
        yield draft
        return


def _first(scene: Scene, phrase: Phrase) -> Entity | None:
    part: Phrase | None = phrase
    while part is not None:
        named = scene.named_in(part.start, part.end, ACTORS)
        titled = scene.masked[: part.end].endswith(patterns().titles)
        people = [n for n in named if titled and n[0].cls == "Person"]
        if people or named:
            return (people or named)[-1][0]  # "마크 볼티 가나증권 애널리스트에 따르면"
        part = part.owner
    return None


def _attributed(scene: Scene) -> Iterator[Draft]:
    """ "…을 낸다는 B의 말": what stands before is what B says."""
    for match in _views_of(scene.text):
        named = scene.named_in(match.start("who"), match.end("who"), ACTORS)
        if not named or not _is_told_by(scene, match, named[-1]):
            continue
        ends = [c.end for c in scene.parsed.clauses if c.ending == "final"]
        start = max((e for e in ends if e < match.start()), default=0)
        text = _COPULA.sub("", _QUOTE_END.sub("", scene.text[start : match.start() + 1]))
        text = text.strip(' ,“”"')
        if len(text) < 8:
            continue
        draft = Draft(named[-1][0], "states", None, Value(text), start, match.end())
        inner = modality(text[-25:])
        draft.modality = inner if inner in ("forecast", "plan") else "opinion"
        yield draft


def _views_of(text: str) -> Iterator[re.Match[str]]:
    """Yield where words are told to be somebody's, each once."""
    if "는 " in text or "란 " in text:
        found = (m for p in (_SAID, _EXPLAINED, _CLOSING) for m in p.finditer(text))
        yield from {m.start(): m for m in found}.values()


def _is_told_by(scene: Scene, match: re.Match[str], named: Named) -> bool:
    """Tell whose words a line ends in from what is told of somebody: "…는 가나의 새 칩 전망"."""
    if match.re is not _CLOSING.compiled:
        return True
    rest = scene.text[named[2] : match.end("who")].split()
    return all(w in ("측", *load_speech().members) or w.endswith(patterns().titles) for w in rest)


def _agreed(scene: Scene) -> Iterator[Draft]:
    """ "A와 B는 …해야 한다는 데 뜻을 모았다": what several hold alike."""
    match = _AGREED.search(scene.text) if "는 데" in scene.text else None
    if match is None:
        return
    doers = [c.arg("subject") for c in scene.parsed.clauses if c.ending == "relative"]
    leads = [p for p in scene.parsed.phrases if p.leads and p.end <= match.start()]
    lead = next((p for p in leads if p not in doers and speakers_of(scene, p)), None)
    if lead is None:
        return
    end = match.end("told") if match["told"] else match.end()
    text = scene.text[lead.until : end].strip(" ,'‘’“”\"")
    text = re.sub(r"이?라$", "", text) if match["told"] == "라" else text
    for speaker in speakers_of(scene, lead) if len(text) >= _SHORTEST else ():
        draft = Draft(speaker, "states", None, Value(text), lead.outer_start, match.end())
        inner = modality(text[-25:])
        held: Modality = "opinion" if match["told"] else "fact"
        draft.modality = inner if inner in ("forecast", "plan") else held
        yield draft


def _circulating(scene: Scene) -> Iterator[Draft]:
    """ "…할 수밖에 없다는 관측이 증권가에서 나온다": what an unnamed group says."""
    for match in _CIRCULATES.finditer(scene.text):
        who = match["who"].strip()
        named = scene.named_in(match.start("who"), match.end("who"), ACTORS)
        speaker = named[-1][0] if named else Entity(entity_id(who), "Organization", who)
        ends = [c.end for c in scene.parsed.clauses if c.ending == "final"]
        start = max((e for e in ends if e < match.start()), default=0)
        text = scene.text[start : match.start() + 1].strip(" ,")
        draft = Draft(speaker, "states", None, Value(text), start, match.end())
        inner = modality(text[-25:])
        draft.modality = inner if inner in ("forecast", "plan") else "opinion"
        yield draft


def _meaning(scene: Scene) -> Iterator[Draft]:
    """ "소버린 AI란 … 역량을 뜻한다": what a term means, as its metric 정의."""
    match = _MEANING.match(scene.text)
    if match is None:
        return
    term = re.sub(r"^(?:여기서|이때|참고로)\s", "", match["term"]).strip(" *‘’“”'\"")
    named = [n for n in scene.names if n[1] <= match.end("term") and n[2] >= match.end("term") - 2]
    asked = re.match(r"이?란|:", scene.text[match.end("term") :].split(")")[-1].lstrip())
    known = named[0][0] if named and named[0][1] <= match.start("term") + 2 else None
    if known is None and not asked:
        return
    if known is not None and known.cls in ("Company", "Organization", "Person", "Place"):
        return
    if known is None and term in words_in(_WORDS, "fields"):
        return  # "분야: AI 표준"
    subject = known or Entity(entity_id(term), "Concept", term)
    draft = Draft(subject, "hasMetric", None, Value(match["what"].strip()), 0, match.end())
    draft.qualifiers["metric"] = "정의"
    yield draft


def _refused(scene: Scene, said: Sequence[Draft]) -> Iterator[Draft]:
    """ "투자자는 밝히지 않았다", "논평을 거절했다": a speaker who does not say something."""
    declining = _DECLINED.search(scene.text) is not None
    for clause in scene.parsed.clauses:
        if clause.ending == "relative" or clause.voice == "passive":
            continue
        told = clause.lemma in words_in(_WORDS, "refusals")
        if not (declining or told or clause.lemma == "부인"):
            continue
        tail = max(clause.end, clause.tail_end)
        negated = _NEGATED.search(scene.text, clause.start, tail) if told else None
        declined = clause.lemma == "부인" or _DECLINED.search(
            scene.text, max(0, clause.start - 8), clause.end
        )
        if scene.text[: clause.end].endswith("기"):  # "부인하기 어렵다"
            continue
        if clause.lemma == "응하" and not _ASKED.search(scene.text[: clause.start]):
            continue
        if not (negated or declined) or _is_told_already(scene, clause, said):
            continue
        if negated and negated[0].endswith("못") and clause.lemma == "확인":
            continue  # "원문을 확인하지 못했다": whoever writes
        speaker, start = _speaker(scene, clause)
        if speaker is not None:
            words = scene.text[start : clause.end].strip(" ,")
            draft = Draft(speaker, "states", None, Value(words), start, clause.end)
            silent = clause.lemma in words_in(_WORDS, "silent") or (
                declined and clause.lemma != "부인"
            )
            draft.modality = "opinion" if silent else "denied"
            yield draft


def _is_told_already(scene: Scene, clause: Clause, said: Sequence[Draft]) -> bool:
    """Tell a refusal within a quotation, and a saying that denies: "“헛소문”이라고 부인했다"."""
    if is_quoted(scene, clause):
        return True
    denies = bool(said) and clause.lemma == "부인" and _DENIED.search(scene.text[: clause.start])
    about = (p for p in scene.parsed.phrases if p.case == "about" and p.end <= clause.start)
    begins = [scene.text.find(d.value.text, d.start) for d in said if d.value]
    return bool(denies) and all(p.start >= min(begins) for p in about)


def _speaker(scene: Scene, clause: Clause) -> tuple[Entity | None, int]:
    before = (c for c in scene.parsed.clauses if c.end <= clause.start and c.ending == "connective")
    begins = max((c.end for c in before if _JOINED.match(scene.text, c.end - 1)), default=0)
    for phrase in (clause.subject, clause.topic):
        if phrase is not None:
            found = [n[0] for n in scene.fill(phrase, ACTORS)] or leader_of(scene, phrase)
            found = found or scene.refer(phrase, ACTORS)
            if found:
                return found[-1], min(begins, phrase.start) if phrase.start < begins else begins
            if phrase.head in words_in(_WORDS, "other_side"):
                return None, begins  # "가나는 …였으나 상대 측이 부인했다"
    if all(p is None or _is_matter(scene, p) for p in (clause.subject, clause.topic)):
        found, phrase = spoke_before(scene, clause)
        return (found[-1] if found else None), begins
    return carried(scene, ACTORS), begins


def _is_matter(scene: Scene, phrase: Phrase) -> bool:
    """Tell what is not told ("명단은 밝히지 않았다") from who does not tell it."""
    words = scene.masked[phrase.start : phrase.end].split()
    named = scene.named_in(phrase.start, phrase.end, ACTORS)
    return (
        bool(words)
        and not named
        and (is_quality(words[-1]) or words[-1] in words_in(_WORDS, "matters"))
    )
