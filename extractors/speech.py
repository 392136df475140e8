"""Who said what: quotations, reported clauses and sources ("…에 따르면")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.modality import modality
from extractors.phrases import Clause, Phrase
from extractors.scene import Draft, Scene
from extractors.speakers import SPEAKERS, speaker_of
from extractors.speech_data import SpeechVerbs, load_speech
from extractors.tenses import is_past, tense_of
from kg.claim import Entity, Modality, Value

_QUOTE = re.compile(
    r"“(?P<a>[^“”]{6,})”|\"(?P<b>[^\"]{6,})\"|‘(?P<c>[^‘’]{12,})’|'(?P<d>[^']{12,})'"
)
_AFTER_QUOTE = re.compile(r"\s?(?:이?라고|이?라며|고\s|고,|며\s|며,|이?라는|이?라면서|는 것)")
_SENTENCE = re.compile(r"(?:[다요죠까라자것]|[음함임됨])[.!?…]*$")
"""How a quotation ends that is a statement, no title or term."""
_GOING_ON = re.compile(r"\s?이?라(?:며|면서)[\s,]")
"""What follows what somebody says, be it a noun alone: "“대만은 AI의 중심”이라며"."""
_ORDERED = re.compile(r"[하말키주두내오으리지]라(?:고|며)")
"""How a request ends that is told on: "자제하라고"."""
_CLOSED = re.compile(r"(?P<said>[^“”‘’\"']{8,})[”’\"']\s?(?:이?라고|고|이?라며)\s")
"""The end of a quotation that an earlier sentence opened."""
_SAID = re.compile(r"(?:[”’\"'](?:이?라)?고|(?:다|라|자|냐)고)\s?$")
"""What makes 했다 a verb of saying: "…겠다고 했다", "“…”고 했지만"."""
_SHORTEST = 8
"""How long at least a statement is that stands by itself, in characters."""
_JOINED = re.compile(r"(?:라며|다며|라면서|다면서|지만|으나|않고|이며,|하며,)\s")
"""Where what is said goes on after another thing said."""
_ADVISED = re.compile(r"(?:야\s?(?:한|된|합니|됩니|할 것이)|필요(?:하|가 있))[가-힣]{0,2}$")
"""How a statement ends that tells what should be done."""
_REFUTING = re.compile(
    r"(?<!수 )(?<!수는 )(?<!변함이 )(?<!변함 )"
    r"(?:않(?:았|는|고 있)|없(?:었)?|아니(?:었)?|못(?:했|하))[가-힣]{0,2}$"
)
"""How a statement ends that denies something: "계약에 이른 곳은 없다고 밝혔다"."""
_OF_NAMES = frozenset({"locatedIn", "partOf", "worksFor", "founded"})
"""What the words beside a name tell of it, whatever is said of it: "중국 서버업체 가나를 …"."""
_NOUN_TAILS = ("정도", "바 ", "바가", "바도")
_REFUSED = re.compile(r"지(?:는|도)? (?:않|못)")
_JOINT = re.compile(r"(?:(?:[으이]?며|고|지만|라며|다며)(?=[\s,]))?[\s,]*")


@dataclass(frozen=True, slots=True)
class Speech:
    """What one speaker says: the content's range, and the range to cite."""

    speaker: Entity
    start: int
    end: int
    clause: Clause
    quoted: bool
    cite: tuple[int, int]
    others: tuple[Entity, ...] = ()


def speeches(scene: Scene) -> list[Speech]:
    """Find all that is said in a sentence and by whom."""
    found: list[Speech] = []
    verbs = load_speech()
    for clause in [*scene.parsed.clauses, *_closing_nouns(scene, verbs)]:
        if clause.lemma not in verbs.states or not _asserts(scene, clause):
            continue
        content = _content(scene, clause)
        if content is None or any(s.start == content[0] for s in found):
            continue
        speaker, phrase = speaker_of(scene, clause, content)
        if speaker is None:
            continue
        start, end, quoted = content
        if not quoted and phrase and _is_the_writers(scene, clause, phrase, content):
            continue
        if phrase is not None and start <= phrase.start < end and not quoted:
            start = phrase.until
        joint = _JOINT.match(scene.text, start, end)
        start = joint.end() if joint else start
        if phrase and not quoted and end - start < _SHORTEST <= clause.end - start:
            end = clause.end  # "사실무근이라고 일축했다"
        if end - start >= _SHORTEST:
            first = min(phrase.outer_start, start) if phrase else start
            named = scene.fill(phrase, SPEAKERS) if phrase else []
            others = tuple(n[0] for n in named[:-1])
            cite = (first, clause.end)
            found.append(Speech(speaker, start, end, clause, quoted, cite, others))
    return [*found, *_quoted_besides(scene, found)]


def _quoted_besides(scene: Scene, found: Sequence[Speech]) -> Iterator[Speech]:
    """Yield direct quotations that no verb of saying takes: "“…다”며 자리를 떴다".

    Who says the rest of the sentence, else the subject of the verb that follows.
    """
    for match in _QUOTE.finditer(scene.text):
        group = (match["a"] and "a") or (match["b"] and "b")
        going_on = _GOING_ON.match(scene.text, match.end())
        if not group or not (going_on or _SENTENCE.search(match[group])):
            continue
        start, end = match.span(group)
        taken = any(s.start < end and start < s.end for s in found)
        if taken or not (_AFTER_QUOTE.match(scene.text, match.end()) or _is_voiced(scene, match)):
            continue
        after = (c for c in scene.parsed.clauses if c.start >= match.end())
        clause = next((c for c in after if c.ending != "relative"), None)
        if clause is None:
            continue
        said = next((s for s in found if s.quoted), None)
        speaker, phrase = (
            (said.speaker, None) if said else speaker_of(scene, clause, (start, end, True))
        )
        if speaker is not None:
            first = min(phrase.outer_start, match.start()) if phrase else match.start()
            yield Speech(speaker, start, end, clause, True, (first, clause.end))


def _is_voiced(scene: Scene, quote: re.Match[str]) -> bool:
    """Tell "“…”는 의혹을 제기했다" from "“…”는 광고": what is quoted is voiced."""
    told = re.match(r"(?:이?라)?는\s(?P<noun>[가-힣]+?)(?:을|를)\s", scene.text[quote.end() :])
    verbs = load_speech()
    at = quote.end() + told.end() if told else len(scene.text)
    verb = next((c.lemma for c in scene.parsed.clauses if c.end > at >= c.start - 4), "")
    return told is not None and told["noun"] in verbs.voiced and verb in verbs.voicing


def _closing_nouns(scene: Scene, verbs: SpeechVerbs) -> Iterator[Clause]:
    """Read a last noun as its verb: "…할 것이라고 전망", "…다고 설명"."""
    last = scene.parsed.phrases[-1] if scene.parsed.phrases else None
    if last is None or last.case != "bare" or re.search(r"\w", scene.text[last.end :]):
        return
    if last.head in verbs.states:
        yield Clause(last.head, last.start, last.end, "active", "final", tail_end=last.end)


def match_speech(scene: Scene, said: list[Speech]) -> Iterator[Draft]:
    """Yield a ``states`` draft for everything that is said."""
    for speech in said:
        text = scene.text[speech.start : speech.end].strip(" ,")
        period = scene.period_for(speech.start, speech.end)
        for speaker in (*speech.others, speech.speaker):
            draft = Draft(speaker, "states", None, Value(text), *speech.cite)
            draft.modality = stated_modality(scene, speech)
            if period:
                draft.qualifiers["period"] = period
            yield draft


def stated_modality(scene: Scene, speech: Speech) -> Modality:
    """Judge a statement: a forecast or plan when its words are, else an opinion."""
    if speech.clause.lemma in load_speech().denying:
        return "denied"
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
    if _is_hearsay(speech.clause.lemma, speech.speaker) and _is_outlet(speech):
        return "rumour"
    if _REFUTING.search(words) and _is_refuting(speech):
        return "denied"
    if inner == "fact" and _is_reported(speech, words):
        return "fact"
    return inner if inner in ("forecast", "plan") else "opinion"


def _is_reported(speech: Speech, words: str) -> bool:
    """Tell what a body makes known, or a person tells of what has been done."""
    verbs, lemma = load_speech(), speech.clause.lemma
    if speech.speaker.cls != "Person":
        return lemma in verbs.report
    return lemma in verbs.telling | verbs.report and lemma != "주장" and is_past(words)


def attribute(scene: Scene, draft: Draft, said: list[Speech]) -> None:
    """Write who said it into a draft that stands in reported speech or names its source."""
    middle = (draft.start + draft.end) // 2
    for speech in said:
        inside = speech.start <= middle < speech.end or (
            draft.clause is not None and speech.start <= draft.clause.start < speech.end
        )
        if inside and draft.value and speech.speaker.id == draft.subject.id:
            inner = [
                c for c in scene.parsed.clauses if speech.start <= c.start < speech.clause.start
            ]
            if inner and inner[-1].voice == "passive" and draft.predicate == "hasMetric":
                draft.modality = None
        if inside and speech.speaker.id != draft.subject.id:
            draft.attributed_to = speech.speaker.label
            if draft.tail is None and draft.predicate in _OF_NAMES:
                return
            if draft.modality == "fact" and speech.clause.lemma in load_speech().opinion:
                draft.modality = "opinion"
            if draft.modality == "fact" and _is_foretold(scene, draft, speech):
                draft.modality = "forecast"
            if draft.modality != "denied" and _is_hearsay(speech.clause.lemma, speech.speaker):
                draft.modality = "rumour"
            return
    source = _source(scene, draft)
    if source and source.id != draft.subject.id:
        draft.attributed_to = source.label


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


def _is_the_writers(
    scene: Scene, clause: Clause, phrase: Phrase, content: tuple[int, int, bool]
) -> bool:
    """Tell "A는 성장할 것으로 전망" (the report expects it of A) from what A expects."""
    closing = clause.tail_end == clause.end and clause not in scene.parsed.clauses
    own = any(
        p.case == "subject" and p is not phrase and content[0] <= p.start < content[1]
        for p in scene.parsed.phrases
    )
    return closing and clause.lemma in load_speech().forecast and not own


def _asserts(scene: Scene, clause: Clause) -> bool:
    if clause.voice == "passive" or clause.ending == "relative":
        return False
    if clause.lemma == "하" and not _SAID.search(scene.text[: clause.start]):
        return False
    rest = scene.text[clause.end :].lstrip()
    return clause.ending != "noun" or rest.startswith(_NOUN_TAILS)


def _content(scene: Scene, clause: Clause) -> tuple[int, int, bool] | None:
    quotes = [
        m
        for m in _QUOTE.finditer(scene.text, 0, clause.start)
        if (after := _AFTER_QUOTE.match(scene.text, m.end())) and not _names(m, after[0])
    ]
    if quotes:
        match = quotes[-1]
        group = next(g for g in "abcd" if match[g])
        return match.start(group), match.end(group), True
    if (closed := _CLOSED.match(scene.text)) and closed.end() <= clause.start + 1:
        return 0, closed.end("said"), True
    inner = [c for c in scene.parsed.clauses if c.end <= clause.start and _reports(scene, c)]
    if not inner:
        return None
    last = inner[-1]
    if _is_taken(scene, last, clause):
        return None
    if (
        clause.start - last.end > 15
        and last.ending == "quote"
        and not _names_only(scene, last.end, clause.start)
    ):
        return None
    before = [c.end for c in scene.parsed.clauses if c.ending == "final" and c.end < last.start]
    words = re.search(
        r"(?:이?라고|(?<=다)고|이?라며|(?<=다)며|는|라는)$", scene.text[last.start : last.end]
    )
    end = last.start + words.start() if words and last.ending == "quote" else last.end
    end += scene.text[end - 2 : end + 1] == "아니라"
    end += _ORDERED.match(scene.text, max(0, end - 1)) is not None
    thing = re.match(r"\s?것", scene.text[last.end :])
    if last.ending != "quote" and thing:
        end += thing.end()
    return max(before, default=0), end, False


def _is_taken(scene: Scene, said: Clause, clause: Clause) -> bool:
    """Tell what another says: "다라가 칩을 시험한다고 전했지만 다라는 확인하지 않았다"."""
    verbs = load_speech().states
    refused = _REFUSED.search(scene.text, clause.start, max(clause.end, clause.tail_end))
    between = (c for c in scene.parsed.clauses if said.end <= c.start and c.end <= clause.start)
    return any(
        c.ending == "connective"
        and (refused or (c.lemma in verbs and scene.text[: c.end].endswith(("지만", "으나"))))
        for c in between
    )


def _names(quote: re.Match[str], after: str) -> bool:
    """Tell a name from what is said: "‘가나(Gana)’라는 새 기능을 공개했다"."""
    return after.strip() in ("라는", "이라는") and not _SENTENCE.search(quote[0].strip("“”‘’\"'"))


def _names_only(scene: Scene, start: int, end: int) -> bool:
    return bool(scene.named_in(start, end, SPEAKERS)) and end - start < 40


def _reports(scene: Scene, clause: Clause) -> bool:
    return clause.ending == "quote" or scene.text[clause.end :].lstrip().startswith(
        ("것으로", "것이라고")
    )


def _source(scene: Scene, draft: Draft) -> Entity | None:
    for phrase in scene.parsed.phrases:
        if phrase.case != "source" or phrase.start > draft.end:
            continue
        part: Phrase | None = phrase
        while part is not None:
            named = scene.named_in(part.start, part.end, SPEAKERS)
            if named:
                return named[-1][0]
            part = part.owner
    return None
