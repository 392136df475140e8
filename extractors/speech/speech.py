"""What quotations, reported clauses and sources ("…에 따르면") claim, and how sure it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.classes import ACTORS, BODIES
from extractors.context.scene import Draft, Scene
from extractors.context.speaker_names import noted_by
from extractors.figures.held_by_others import is_bracketed
from extractors.figures.holders import clause_of, is_house
from extractors.language.endings import plain_end
from extractors.language.modality import modality
from extractors.language.phrases import Phrase
from extractors.language.speech_data import load_speech, only_relays
from extractors.language.tense import is_past
from extractors.relations.tense_data import FIGURES, load_tenses
from extractors.relations.tenses import tense_of
from extractors.speech.saying import Speech
from kg.claim import Entity, Modality, Value

_JOINED = re.compile(r"(?:라며|다며|라면서|다면서|지만|으나|않고|이며,|하며,)\s")
"""Where what is said goes on after another thing said."""
_CLOSED = re.compile(r"^[)\]}][\s,:：)]*")
"""The end of a bracket before what is said: "가나(14:05): 공장을 짓겠다고"."""
_ADVISED = re.compile(r"(?:야\s?(?:한|된|합니|됩니|할 것이)|필요(?:하|가 있))[가-힣]{0,2}$")
"""How a statement ends that tells what should be done."""
_REFUTING = re.compile(
    r"(?<!수 )(?<!수는 )(?<!변함이 )(?<!변함 )(?<!정해지지 )(?<!확정되지 )"
    r"(?:않(?:았|는|고 있)|없(?:었)?|아니(?:었)?|못(?:했|하))[가-힣]{0,2}$"
)
"""How a statement ends that denies something: "계약에 이른 곳은 없다고 밝혔다"."""
_WILL = re.compile(r"(?<![될질날릴])\s것(?:이다|입니다)?$")
"""How a statement ends that says what will be done."""
_TARGET = "목표주가"
_LEADS = re.compile(r"(?:\([^()]*\))?(?:은|는|이|가|도|에서는?)(?![가-힣])")
"""How a name ends that leads its clause."""
_HOUSE = re.compile(r"(?<!\S)(?P<house>[가-힣A-Za-z&]+증권)(?:\([^()]*\))?(?:은|는|이|가|도)(?=\s)")
"""A house by its name alone, which may be made of words of the language: "누리증권은"."""
_POINTING = re.compile(r"(?:^|\s)(?:그렇|이렇|그러하|이러하|마찬가지|그것이 사실이)(?:다|라)?$")
"""What only points at something that was told before."""
_BESIDE = 6
"""How far a verb of saying stands behind what it closes at most."""
_OF_NAMES = frozenset({"locatedIn", "partOf", "worksFor", "founded"})
"""What the words beside a name tell of it, whatever is said of it: "중국 서버업체 가나를 …"."""


def match_speech(scene: Scene, said: list[Speech]) -> Iterator[Draft]:
    """Yield a ``states`` draft for everything that is said."""
    for speech in said:
        text = scene.text[speech.start : _until(scene, speech)].strip(" ,:：")
        text = _CLOSED.sub("", text)
        if _POINTING.search(text):
            continue  # "자체 시험을 통해 그렇다고 강조했다"
        period = scene.period_for(speech.start, speech.end)
        for speaker in (*speech.others, speech.speaker):
            draft = Draft(speaker, "states", None, Value(text), *speech.cite)
            draft.modality = stated_modality(scene, speech)
            if period:
                draft.qualifiers["period"] = period
            yield draft


def _until(scene: Scene, speech: Speech) -> int:
    """Return where what is said ends, with its verb where no form of its own ends it."""
    if speech.quoted or speech.clause.start - speech.end > _BESIDE:
        return speech.end
    unended = scene.text[: speech.end].endswith("아니라") or _is_likened(scene, speech)
    return plain_end(scene.text, speech.clause) if unended else speech.end


def _closed(scene: Scene, speech: Speech) -> int:
    """Return where what is said ends, be its verb told with it: "규제를 “자충수”라고 꼬집었다"."""
    if not speech.quoted or scene.text[speech.end : speech.end + 1] in "”\"’'":
        return speech.end
    closed = max(scene.text.rfind(m, speech.start, speech.end) for m in "”\"’'")
    return closed if closed > speech.start else speech.end


def _is_likened(scene: Scene, speech: Speech) -> bool:
    """Tell what one takes a thing for: "가나를 놀라운 회사라고 치켜세웠다"."""
    inner = [c for c in scene.parsed.clauses if speech.start <= c.start <= speech.end]
    inner = [c for c in inner if c.lemma == "이" and c.start >= speech.end - 1]
    args = [a for a in inner[-1].args if a.start >= speech.start] if inner else []
    return [a.case for a in args] == ["object", "copula"]


def stated_modality(scene: Scene, speech: Speech) -> Modality:
    """Judge a statement: a forecast or plan when its words are, else an opinion."""
    refuted = speech.clause.arg("object") if speech.quoted else None
    if speech.clause.lemma in load_speech().denying and not (
        refuted and refuted.start >= speech.end  # "“실수”라며 의혹을 부인했다"
    ):
        return "denied"
    speech = replace(speech, end=_closed(scene, speech))
    words = scene.text[max(speech.start, speech.end - 25) : speech.end]
    inner = modality(words[max((m.end() for m in _JOINED.finditer(words)), default=0) :])
    if _ADVISED.search(words):
        return "opinion"
    if inner == "fact":
        inner = tense_of(scene, speech.start, speech.end)
    if speech.clause.lemma in load_speech().forecast:
        return "forecast"
    if speech.clause.lemma in load_speech().judging:
        return "opinion"
    if _is_only_heard(scene, speech):
        return "rumour"
    if _REFUTING.search(words) and _is_refuting(speech) and not _affirms_too(scene, speech):
        return "denied"
    return _as_told(scene, speech, words, inner)


def _affirms_too(scene: Scene, speech: Speech) -> bool:
    """Tell what also says what is: "승인이 필요하고 예산은 적용되지 않는다"."""
    joined = (
        c
        for c in scene.parsed.clauses
        if speech.start <= c.start and c.end < speech.end and c.ending == "connective"
    )
    ends = (scene.text[c.start : c.tail_end] for c in joined)
    return any(_TOGETHER.search(end) and not _NEGATIVE.search(end) for end in ends)


_TOGETHER = re.compile(r"(?:고|며)[,\s]*$")
_NEGATIVE = re.compile(r"않|없|아니|못")


def _as_told(scene: Scene, speech: Speech, words: str, inner: Modality | None) -> Modality:
    """Judge by how what is said ends: done, meant or to come; else it is what somebody thinks."""
    if speech.named is None and noted_by(scene) is speech.speaker:
        return "fact"  # what a body's paper says, item by item
    if inner == "fact" and _is_reported(speech, words) and not _is_judged(scene, speech):
        return "fact"
    if inner == "forecast" and _is_intended(scene, speech):
        return "plan"
    return inner if inner in ("forecast", "plan") else "opinion"


def _is_only_heard(scene: Scene, speech: Speech) -> bool:
    """Tell what an outlet says of others, and "…라고 말한 것으로 전해졌다"."""
    clause = speech.clause
    if modality(scene.text[clause.stem_end : clause.tail_end]) == "rumour":
        return True
    return _is_hearsay(clause.lemma, speech.speaker) and _is_outlet(speech)


def _is_reported(speech: Speech, words: str) -> bool:
    """Tell what a body makes known, or a person tells of what has been done."""
    verbs, lemma = load_speech(), speech.clause.lemma
    if speech.speaker.cls != "Person":
        return lemma in verbs.report or (lemma in verbs.stressing and is_past(words))
    if lemma in verbs.owning:
        return True
    return lemma in verbs.telling | verbs.report and lemma != "주장" and is_past(words)


def _is_judged(scene: Scene, speech: Speech) -> bool:
    """Tell what ends in an adjective, which judges: "금리가 적절하다고 밝혔다"."""
    told = [m for m in scene.tokens if speech.start <= m.start < speech.end]
    verbs = [m for m in told if m.tag.startswith(("V", "XS"))]
    if not verbs or verbs[-1].form in ("있", "없", "같"):
        return False
    return verbs[-1].tag.startswith(("VA", "XSA"))


def _is_intended(scene: Scene, speech: Speech) -> bool:
    """Tell what a speaker will do from what will be: "“고객을 돕는 데 힘쓸 것”이라고 밝혔다"."""
    if speech.clause.lemma not in load_speech().telling | load_speech().report | {"하"}:
        return False
    inner = [c for c in scene.parsed.clauses if speech.start <= c.start < speech.end]
    if not inner or inner[-1].voice == "passive":
        return False
    verb = next((m for m in scene.tokens if m.start == inner[-1].start), None)
    own = load_speech().writers
    led = (p for p in scene.parsed.phrases if speech.start <= p.start < speech.end)
    others = (scene.text[p.start : p.end] not in own for p in led if p.leads)
    does = inner[-1].end <= speech.end and _WILL.search(scene.text[: speech.end]) is not None
    return does and verb is not None and verb.tag in ("VV", "NNG") and not any(others)


def attribute(scene: Scene, draft: Draft, said: list[Speech]) -> None:
    """Write who said it into a draft that stands in reported speech or names its source."""
    middle = (draft.start + draft.end) // 2
    for speech in said if not _is_aside(scene, draft, said) else ():
        inside = speech.start <= middle < speech.end or (
            draft.clause is not None and speech.start <= draft.clause.start < speech.end
        )
        if inside and draft.value and speech.speaker.id == draft.subject.id:
            inner = [
                c for c in scene.parsed.clauses if speech.start <= c.start < speech.clause.start
            ]
            counted = inner and inner[-1].voice == "passive" and draft.predicate == "hasMetric"
            if counted and not _is_own_account(draft):
                draft.modality = None
        speakers = (speech.speaker, *speech.others)
        if inside and all(speaker.id != draft.subject.id for speaker in speakers):
            draft.attributed_to = speech.speaker.label
            if draft.tail is None and draft.predicate in _OF_NAMES:
                return
            verbs, lemma = load_speech(), speech.clause.lemma
            if draft.modality == "fact" and lemma in verbs.opinion - verbs.stressing:
                draft.modality = "opinion"
            if draft.modality == "fact" and _is_foretold(scene, draft, speech):
                draft.modality = "forecast"
            if draft.modality != "denied" and _is_hearsay(speech.clause.lemma, speech.speaker):
                draft.modality = "rumour"
            return
    voice, found = scene.discourse.voice, scene.value_of(draft)
    at = found.start if found else middle
    if voice and voice.start <= at < voice.end and voice.speaker.id != draft.subject.id:
        draft.attributed_to = voice.speaker.label
    draft.attributed_to = _told_by(scene, draft) or draft.attributed_to


def _is_own_account(draft: Draft) -> bool:
    """Tell what a firm gives of itself from what a house counts: "매출이 9억으로 집계됐다고"."""
    metric, firm = draft.qualifiers.get("metric", ""), draft.subject
    own = firm.cls == "Company" and not is_house(firm)
    return own and any(word in metric for word in load_tenses().accounts)


def _told_by(scene: Scene, draft: Draft) -> str | None:
    """Return the source that a sentence names, else who sets or estimates its figure."""
    source = _source(scene, draft)
    if source is None and (setter := _setter(scene, draft)):
        return setter
    source = source or _estimator(scene, draft)
    return source.label if source and source.id != draft.subject.id else None


def _setter(scene: Scene, draft: Draft) -> str | None:
    """Return which house sets a target price: "가나증권은 9만 원으로, 다라증권은 8만 원으로"."""
    value = next((v for v in scene.values if v.value is draft.value), None)
    if value is None or draft.qualifiers.get("metric") != _TARGET:
        return None
    before = [n for n in scene.names if n[2] <= value.start and is_house(n[0])]
    named = {n[2]: n[0].label for n in before if _LEADS.match(scene.text, n[2])}
    spelt = {m.end("house"): m["house"] for m in _HOUSE.finditer(scene.text, 0, value.start)}
    led = {**spelt, **named}
    return led[max(led)] if led else None


def _is_aside(scene: Scene, draft: Draft, said: Sequence[Speech]) -> bool:
    """Tell a figure in a bracket before who speaks: "가나(+3%) 급락에 다라가 과하다고 했다"."""
    value = next((v for v in scene.values if v.value is draft.value), None)
    if value is None or not is_bracketed(scene, value.start):
        return False
    speakers = {speech.speaker.id for speech in said}
    named = [n for n in scene.names if n[0].id in speakers]
    return bool(named) and all(n[1] >= value.end for n in named)


def _estimator(scene: Scene, draft: Draft) -> Entity | None:
    """Return who puts a figure at so much: "가나증권은 다라의 매출을 3조 원으로 추정했다"."""
    value = next((v for v in scene.values if v.value is draft.value), None)
    clause = clause_of(scene, value) if value else None
    if clause is None or clause.lemma not in load_speech().forecast:
        return None
    led = clause.subject or clause.topic
    named = scene.fill(led, BODIES) if led and clause.voice != "passive" else []
    return named[0][0] if len(named) == 1 else None


def _is_foretold(scene: Scene, draft: Draft, speech: Speech) -> bool:
    """Tell a figure that somebody expects from one that it starts at ("640억 달러에서")."""
    if speech.clause.lemma not in load_speech().forecast or speech.quoted or draft.value is None:
        return False
    at = scene.text.find(draft.value.text, speech.start, speech.end)
    after = scene.text[at + len(draft.value.text) :] if at >= 0 else ""
    return at >= 0 and not re.match(r"에서\s|에\s그쳤|였|이었|했|을 기록한", after)


def _is_hearsay(lemma: str, speaker: Entity) -> bool:
    """Tell what an outlet reports of others from what an organisation says of itself."""
    return lemma in load_speech().hearsay and speaker.cls == "Organization"


def _is_outlet(speech: Speech) -> bool:
    """Tell a paper, which tells of others, from a body that speaks for itself."""
    label = speech.speaker.label
    return speech.clause.lemma == "보도" or label.endswith(load_speech().outlets)


def _is_refuting(speech: Speech) -> bool:
    """Tell what a body says of its own affairs from what somebody finds of others'."""
    verbs = load_speech()
    own = speech.clause.lemma in verbs.telling | verbs.denying | {"하", "답하", "답", "공시"}
    return own and speech.speaker.cls != "Person" and not _is_outlet(speech)


def is_passed_on(scene: Scene, draft: Draft, said: Sequence[Speech]) -> bool:
    """Tell a figure that an outlet only tells: "가나통신은 유가가 70달러라고 전했다"."""
    if draft.predicate not in FIGURES or draft.value is None:
        return False
    if not only_relays(draft.subject.label):
        return False
    found = scene.value_of(draft)
    if found is None:
        return False
    tells = any(
        s.speaker.id == draft.subject.id
        and s.clause.lemma in load_speech().hearsay
        and s.start <= found.start < s.end
        for s in said
    )
    source = _source(scene, draft)
    return tells or (source is not None and source.id == draft.subject.id)


def _source(scene: Scene, draft: Draft) -> Entity | None:
    for phrase in scene.parsed.phrases:
        if phrase.case != "source" or phrase.start > draft.end:
            continue
        part: Phrase | None = phrase
        while part is not None:
            named = scene.named_in(part.start, part.end, ACTORS)
            if named:
                return named[-1][0]
            part = part.owner
    return None
