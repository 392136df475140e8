"""When something starts or ends: "신공장은 2027년 3월 가동을 목표로 한다".

Only what no frame has told with its date. The words are data (``schedules.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.classes import BODIES
from extractors.context.scene import Draft, Scene
from extractors.figures.holders import HOLDERS, phrase_at, topic_entity
from extractors.language.modality import modality
from extractors.language.phrases import Clause, Phrase
from extractors.names.descriptions import described, kinds_of_noun
from extractors.values.periods import FoundPeriod
from extractors.word_lists import filled, load_words
from kg.claim import Entity, Value, entity_id

_HOLDERS = (*(c for c in HOLDERS if c != "Place"), "Policy")
_LONGEST = 16
_BEGUN = re.compile(
    r"(?:에|부터|까지|이|가)?\s?(?:시작|개시|돌입|들어|착수|마|끝|목표|할 |하겠|하기로)"
)
_TIMED = re.compile(
    r"(?:을|를|이|가|은|는|에)?\s?(?:목표|예정|계획|전망|시작|개시|돌입|들어|착수|할|될|하기로|하겠|일정)"
)
_FINITE = re.compile(
    r"(?:(?:하|되)(?:면|며|고|는 (?:것|게|걸))|[한된]다|[합됩]니다"
    r"|[함됨](?![가-힣])|[했됐]|되었|하였|[해돼]요)"
)
_UNTIL = re.compile(r"(?:부터|에서)\s")


@dataclass(frozen=True, slots=True)
class Schedules:
    """The words of ``schedules.yaml``, compiled: a date before what is timed, or after it."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    topics: str
    loose: frozenset[str]
    settled: re.Pattern[str]
    moved: re.Pattern[str]
    shifted: str
    terms: str
    duties: str


@lru_cache(maxsize=1)
def load_schedules() -> Schedules:
    """Load the words once a process."""
    data = load_words("relations/schedules.yaml")
    nouns, topics, times = (
        "|".join(sorted(words, key=len, reverse=True))
        for words in (data["nouns"], data["nouns"] + data["others"], data["times"])
    )
    return filled(
        Schedules,
        data,
        before=re.compile(
            rf"\s?(?:까지|부터|에야|에는|에|경|께|쯤|중|말|초)?\s(?:[가-힣A-Za-z0-9]+(?:을|를)?\s){{0,2}}?"
            rf"(?P<noun>{nouns})(?![가-힣]{{0,2}}(?:기|품|사|자)(?![가-힣]))"
        ),
        after=re.compile(
            rf"(?P<noun>{topics})\s?(?P<time>{times})?(?:은|는|이|을|를|도)\s(?:[가-힣]+(?:의|에서|보다|인)?\s){{0,2}}?$"
        ),
        topics=topics,
        settled=re.compile("|".join(data["settles"])),
        moved=re.compile("|".join(data["moves"])),
        shifted="|".join(data["lasting"]["shifted"]),
        terms="|".join(data["lasting"]["terms"]),
        duties="|".join(data["lasting"]["duties"]),
    )


def match_schedules(scene: Scene, taken: Sequence[Draft]) -> Iterator[Draft]:
    """Yield a draft for each date of a start or an end that ``taken`` does not hold."""
    for period in scene.periods:
        found = _noun(scene, period)
        if found is None or "/" in period.value or _is_told(period, found, taken):
            continue
        ahead = (c for c in scene.parsed.clauses if c.end >= max(found[1], period.end))
        clause = next(ahead, scene.parsed.clauses[-1] if scene.parsed.clauses else None)
        if clause and clause.ending == "relative":
            continue  # "2036년 준공 예정이던 송전망": of what follows
        draft = _draft(scene, period, found, clause) if clause else None
        if draft:
            yield draft


def _noun(scene: Scene, period: FoundPeriod) -> tuple[int, int] | None:
    """Return the range of what a date times, if the sentence says that it does."""
    words = load_schedules()
    following = words.before.match(scene.text, period.end)
    if following and _is_timed(scene.text, following):
        return following.span("noun")
    preceding = words.after.search(scene.text[: period.start])
    if preceding is None:
        return None
    rest = scene.text[period.end :]
    told = words.moved.search(rest[:24]) or words.settled.search(rest[:24])
    moved = told and re.match(r"(?:으로|로|까지|부터)", rest)
    timed = preceding["time"] and re.match(r"(?:이|으?로|까지|에|[.,]|$)", rest)
    begun = _BEGUN.match(rest)
    return preceding.span("noun") if moved or timed or begun else None


def _is_timed(text: str, found: re.Match[str]) -> bool:
    """Tell what a date before it is that of: "3월 가동이 목표다", "3월 가동된다"."""
    if _TIMED.match(text, found.end("noun")):
        return True
    plain = found["noun"] not in load_schedules().loose
    return plain and _FINITE.match(text, found.end("noun")) is not None


def _is_told(period: FoundPeriod, noun: tuple[int, int], taken: Sequence[Draft]) -> bool:
    told = {period.value, period.coming}
    return any(
        d.qualifiers.get("period") in told
        and d.start <= noun[0]
        and noun[1] <= max(d.end, noun[1])
        and d.predicate not in ("hasMetric", "states")
        for d in taken
    )


def _draft(
    scene: Scene, period: FoundPeriod, noun: tuple[int, int], clause: Clause
) -> Draft | None:
    phrase = phrase_at(scene, noun[0])
    subject, words = timed(scene, noun, clause)
    if subject is None:
        return None
    start = min(period.start, noun[0], phrase.outer_start if phrase else noun[0])
    topic = clause.subject or clause.topic
    start = min(start, topic.outer_start if topic else start)
    end = max(clause.tail_end, noun[1], period.end)
    told = Value(scene.text[period.start : _until(scene, period)])
    draft = Draft(subject, "hasMetric", None, told, start, end, clause)
    draft.qualifiers = {
        "metric": f"{words} {scene.text[slice(*noun)]} 시점".strip(),
        "period": period.value,
    }
    draft.tail = (max(noun[1], period.end), end)
    draft.modality = modality(scene.text[slice(*draft.tail)], scene.text[end:])
    draft.tail = None
    _settle(scene, draft, period, noun, end)
    draft.confidence = "0.65"
    return draft


def timed(scene: Scene, noun: tuple[int, int], clause: Clause) -> tuple[Entity | None, str]:
    """Return of whom what is timed is told, and the words that narrow it ("2나노")."""
    phrase = phrase_at(scene, noun[0])
    subject, words = _held(scene, phrase, noun, clause) or (None, "")
    if subject is None:
        subject = _owner(scene, phrase) or _site(scene, clause) or _told_of(scene, clause, phrase)
    return subject, words


_ONCE = re.compile(r"[되하]면\s")
_MAYBE = re.compile(r"[가-힣]\s수\s(?:도\s)?있")


def _settle(
    scene: Scene, draft: Draft, period: FoundPeriod, noun: tuple[int, int], end: int
) -> None:
    """Take what lies ahead as planned ("내년 3월 완공되면"), what may be put off as foretold."""
    moved = load_schedules().moved.search(scene.text, period.end, end)
    once = draft.modality is None and _ONCE.match(scene.text, noun[1])
    if period.ahead and (once or (draft.modality == "fact" and not moved)):
        draft.modality = "plan"
    elif draft.modality == "fact" and moved and _MAYBE.search(scene.text, period.end, end):
        draft.modality = "forecast"


def _owner(scene: Scene, phrase: Phrase | None) -> Entity | None:
    """Return whose what is timed is: "가나의 장비 도입 시기는"."""
    named = scene.fill(phrase.owner, _HOLDERS) if phrase and phrase.owner else []
    return named[-1][0] if named else None


def _told_of(scene: Scene, clause: Clause, phrase: Phrase | None) -> Entity | None:
    """Return whom a clause is about, but not who did what an earlier one tells ("가나가 돕고")."""
    did = None if clause.topic and clause.topic.case == "topic" else clause.subject
    ends = [c.end for c in scene.parsed.clauses if c.ending == "connective" and c.end < clause.end]
    if did and did.case == "subject" and did.end < max(ends, default=0):
        return None
    return topic_entity(scene, clause, phrase, _HOLDERS)


def _until(scene: Scene, period: FoundPeriod) -> int:
    """Return where a time ends that goes on to another: "6월부터 내년 3월까지"."""
    since = _UNTIL.match(scene.text, period.end)
    last = next((p for p in scene.periods if since and p.start == since.end()), None)
    through = last is not None and scene.text.startswith("까지", last.end)
    return last.end + 2 if last and through else period.end


def _held(
    scene: Scene, phrase: Phrase | None, noun: tuple[int, int], clause: Clause
) -> tuple[Entity | None, str] | None:
    """Return the named thing that is timed, or the words that tell it ("2나노")."""
    spans = [(phrase.start, noun[0])] if phrase else []
    if phrase and phrase.owner:
        spans.append((phrase.owner.start, phrase.owner.end))
    target = clause.arg("object")
    if target and target is not phrase and target.until <= noun[0]:
        spans.append((target.start, target.end))
    for start, end in spans:
        named = scene.named_in(start, end, _HOLDERS)
        if named:
            after = scene.text[named[-1][2] : end].strip(" 의")
            if not after:
                return named[-1][0], ""
        words = _told(scene, start, end)
        if words:
            firms = [n[0] for n in named if n[0].cls in BODIES]
            return (firms[-1] if firms else None), words
    return None


def _told(scene: Scene, start: int, end: int) -> str:
    """Return the words of a range without dates, firms and particles."""
    dated = [p.end for p in scene.periods if start <= p.start and p.end <= end]
    firms = [n[2] for n in scene.named_in(start, end, BODIES)]
    begins = max([start, *dated, *firms])
    words = re.sub(
        r"^(?:까지|부터|에는|에|경|께|쯤|중|말|초|의)?\s", "", scene.text[begins:end]
    ).strip(" 의‘’'“”")
    return words if 1 < len(words) <= _LONGEST and re.search(r"[가-힣A-Za-z]", words) else ""


def _site(scene: Scene, clause: Clause) -> Entity | None:
    """Return what the topic describes, with its firm's name if one stands with it.

    "가나의 신공장", "삼성전자 테일러 공장".
    """
    phrase = clause.subject or clause.topic
    if phrase is None or scene.fill(phrase, _HOLDERS) or scene.refer(phrase, _HOLDERS):
        return None
    firms = scene.named_in(phrase.outer_start, phrase.end, BODIES)
    begins = max([phrase.start, *(end for _, _, end in firms)])
    words = scene.text[begins : phrase.end].strip(" ‘’'“”")
    kinds = [k for k in kinds_of_noun(words.split()[-1]) if k in _HOLDERS] if words else []
    if not kinds or len(words) > _LONGEST:
        return None
    if firms:
        label = f"{firms[-1][0].label} {words}"
        return Entity(entity_id(label), kinds[0], label)
    return described(scene, phrase, _HOLDERS)
