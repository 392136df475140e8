"""What is said in a sentence, where it stands and by whom: quotations and reported clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.alternation import any_of
from extractors.classes import ACTORS
from extractors.context.quotation_marks import (
    AFTER_QUOTE,
    GOING_ON,
    QUOTE,
    TOLD_ON,
    after_opening,
    is_quoted,
    is_sentence,
    names_it,
)
from extractors.context.scene import Scene
from extractors.context.speakers import speaker_of
from extractors.language.endings import BOUND, plain_end
from extractors.language.phrases import Clause, Phrase
from extractors.language.speech_data import SpeechVerbs, load_speech
from extractors.sparing import sparing
from extractors.speech.other_sayers import REFUSED, is_anothers, is_strangers, is_taken
from kg.claim import Entity

_NEAR = 15
"""How far a verb of saying stands behind what is said at most, if not for a speaker between."""
_TOLD = re.compile(r"(?:이?라고|이라|(?<=다)고|이?라며|(?<=다)며|(?<=다)면서도?|는|라는)$")
_SPACED = re.compile(r"(?<=[다것])\s(?:이?라며|며)\s")
"""What joins quotations whose marks are gone: "늘고 있다 며 … 커질 것 이라고 했다"."""
_NOMINAL = frozenset("음임함됨짐")
"""How a verb ends that is told as a noun: "목표에 이르렀음을 강조했다"."""
_THING = re.compile(r"\s?것")
_COPULAS = ("이", "아니")
_CLOSED = re.compile(r"(?P<said>[^“”‘’\"']{8,})[”’\"']\s?(?:이?라고|고|이?라며)\s")
"""The end of a quotation that an earlier sentence opened."""
_SAID = re.compile(
    r"(?:[”’\"'](?:이?라)?고|(?:다|라|자|냐)\s?고)\s?(?:못\s?|(?:입을|목소리를)\s)?$"
)
"""What makes 했다 a verb of saying: "…겠다고 했다", "“…”고 했지만", "…다고 입을 모았다"."""
_LINKING = re.compile(r"(?:[가-힣]+,?\s)?")
_PLACE = re.compile(r"[^,.“”\"]{0,40}?\s열린\s[^,.“”\"]{1,40}?에서,?\s")
"""Where somebody speaks, which is no part of what is said."""
_EVEN = re.compile(r"해서|해도|하더라도|할지라도|하면|하기")
"""What supposes rather than tells: "1위를 한다고 해서 …"."""
_SHORTEST = 8
"""How long at least a statement is that stands by itself, in characters."""
_SHORTEST_QUOTE = 5
_BESIDE = 6
"""How far a verb stands behind a quotation at most that it takes: "“자충수”라고 꼬집었다"."""
_ALONE = re.compile(r"(?:[다요죠까자것]|(?<!아니)라)[.!?…]*$")
_SHORTEST_TOLD = 4
"""... and what ends as a sentence: "매진됐다고 밝혔다"."""
_ALREADY_SAID = re.compile(
    r"(?:정도|(?:바|적|것)(?:[이가은는도을]|으로)?\s|(?:뒤|후|직후|이후|가운데|이유|배경)(?:[,\s에은는]))"
)
"""What follows a verb of saying that tells of the saying: "…라고 말한 적이 있다"."""
_ASIDE = sparing(r"(?<=[다라자냐])\s?(?:며|면서도?)(?=[,\s])")
"""How what is said on the side ends: "…다며 철회를 촉구했다"."""
_APART = 2
_CLOSING = re.compile(r"[”’\"']\s?(?:이?라)?$")
"""The end of a quotation, which is told as such."""
_NOT_SAID = frozenset({"바라", "놀라", "자라", "모자라", "따르", "잇따르", "다르"})
"""Verbs whose stems end as what is said: "성공을 바라며"."""
_JOINT = re.compile(
    r"(?:\s?(?:[으이]?며|고|지만|이?라며|다며|도)(?=[\s,]))?[\s,.·•–—-]*"
    r"(?:(?:또|또한|그리고|이어|이에|아울러|한편|이와 함께),?\s)?"
)
"""What joins something said to what stands before it, and is no part of it."""
_GOES_ON = re.compile(r"(?:으로|을|은|이|에|과|도|의)[가-힣]{0,2}[\s,]")
"""What follows a noun made of a verb, which ends no sentence: "통합함으로써, …"."""


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
    named: Phrase | None = None


def speeches(scene: Scene) -> list[Speech]:
    """Find all that is said in a sentence and by whom."""
    found: list[Speech] = []
    verbs = load_speech()
    for clause in [*scene.parsed.clauses, *closing_nouns(scene, verbs)]:
        if clause.lemma not in verbs.states or not _asserts(scene, clause):
            continue
        if is_quoted(scene, clause):
            continue  # "“가나는 줄 것으로 예상한다”고 말했다": what another says within
        content = _content(scene, clause, found)
        if content is None or any(s.start == content[0] for s in found):
            continue
        speaker, phrase = speaker_of(scene, clause, content)
        if speaker is None:
            scene.unheard = True
            continue
        start, end, quoted = content
        if not quoted and phrase and is_anothers(scene, clause, phrase, content):
            continue
        if not quoted and is_strangers(scene, content):
            continue
        start = _from(scene, phrase, content)
        if phrase is None and (told := _on_occasion(scene, start, end)):
            speaker, start = told
        if words := _worded(scene, clause, phrase, (start, end, quoted)):
            start, end = words
            first = min(phrase.outer_start, start) if phrase else start
            named = scene.fill(phrase, ACTORS) if phrase else []
            others = tuple(n[0] for n in named[:-1])
            cite = (first, clause.end)
            found.append(Speech(speaker, start, end, clause, quoted, cite, others, phrase))
    found += _quoted_besides(scene, found)
    return [*found, *_asides(scene, found)]


def _from(scene: Scene, phrase: Phrase | None, content: tuple[int, int, bool]) -> int:
    """Return where what is said begins: behind who says it and what joins it to the rest."""
    start, end, quoted = content
    if phrase is not None and start <= phrase.start < end and not quoted:
        start = phrase.until
    joint = _JOINT.match(scene.text, start, end)
    start = joint.end() if joint else start
    if quoted:
        return start
    if phrase is not None and (place := _PLACE.match(scene.text, start, end)):
        start = place.end()
    if phrase is None and (called := _called().match(scene.text, start, end)):
        start = called.end()
    return after_opening(scene.text, start, end)


def _on_occasion(scene: Scene, start: int, end: int) -> tuple[Entity, int] | None:
    """Return who speaks by their own occasion, and from where: "가나 2분기 실적에서는 …"."""
    first = next((n for n in scene.names if n[1] >= start and n[0].cls in ACTORS), None)
    if first is None or not _LINKING.fullmatch(scene.text, start, first[1]):
        return None
    place = _occasion().match(scene.text, first[2], end)
    return (first[0], place.end()) if place else None


@lru_cache(maxsize=1)
def _occasion() -> re.Pattern[str]:
    """Match the occasion of whom it is named after: "의 3분기 컨퍼런스콜에서도"."""
    words = any_of(load_speech().occasions)
    return re.compile(rf"의?\s(?:[가-힣A-Za-z0-9]+\s){{0,2}}?{words}에서[는도]?\s")


@lru_cache(maxsize=1)
def _called() -> re.Pattern[str]:
    """Match who spoke before where they are called by what they are: "이 은행은"."""
    return re.compile(rf"(?:이|그|해당|동)\s{any_of(load_speech().called)}(?:은|는|이|가|도)\s")


def last_speaker(scene: Scene, said: Sequence[Speech]) -> tuple[Entity | None, str]:
    """Return who speaks last in a sentence and how they are called: 관계자."""
    if not said:
        return None, ""
    last = max(said, key=lambda s: s.end)
    words = scene.text[last.named.start : last.named.end].split() if last.named else []
    return last.speaker, words[-1] if words else ""


def _worded(
    scene: Scene, clause: Clause, phrase: Phrase | None, content: tuple[int, int, bool]
) -> tuple[int, int] | None:
    """Return the range of what is said, wider where it says nothing alone, if it says anything.

    "규제를 “자충수”", "사실무근이라고 일축했다", but "수요가 늘 것".
    """
    start, end, quoted = content
    length = end - start
    judged = _judged(scene, start) if quoted else None
    if judged is not None and (length < _SHORTEST or not is_sentence(scene.text[start:end])):
        beside = clause.start - end <= _BESIDE
        if judged.head in BOUND and phrase is not None and phrase.until < judged.start:
            return phrase.until, plain_end(scene.text, clause)
        return judged.outer_start, plain_end(scene.text, clause) if beside else end + 1
    if length >= _SHORTEST:
        return start, end
    told = phrase is not None and _ALONE.search(scene.text[start:end].strip())
    if (told and length >= _SHORTEST_TOLD) or (quoted and length >= _SHORTEST_QUOTE):
        return start, end
    whole = phrase is not None and clause.end - start >= _SHORTEST
    return (start - quoted, clause.end) if whole else None


def _judged(scene: Scene, start: int) -> Phrase | None:
    """Return what is judged right before a quotation: "규제를 “자충수”라고"."""
    objects = (p for p in scene.parsed.phrases if p.case == "object")
    return next((p for p in objects if 0 <= start - 1 - p.until <= 1), None)


def _asides(scene: Scene, found: Sequence[Speech]) -> Iterator[Speech]:
    """Yield what is said on the side of another deed: "A는 …다며 철회를 촉구했다"."""
    for match in _ASIDE.finditer(scene.text):
        inner = next((c for c in scene.parsed.clauses if c.end >= match.start() > c.start), None)
        after = (c for c in scene.parsed.clauses if c.start >= match.end())
        main = next((c for c in after if c.ending != "relative"), None)
        if inner is None or main is None:
            continue
        if inner.lemma in _NOT_SAID and scene.text[match.start() - 1] == "라":
            continue
        if any(s.start < match.start() <= s.end + 2 for s in found):
            continue
        if _CLOSING.search(scene.text[: match.start()]):
            continue
        end = match.start() - 2 * scene.text[: match.start()].endswith("이라")
        content = _begin(scene, inner, found), end, False
        later = next((s for s in found if 0 <= s.start - match.end() <= _APART), None)
        speaker, phrase = (
            (later.speaker, later.named) if later else speaker_of(scene, main, content)
        )
        start = max(content[0], phrase.until if phrase and phrase.end < match.start() else 0)
        start += len(scene.text[start:]) - len(scene.text[start:].lstrip(" ,"))
        if speaker is not None and end - start >= _SHORTEST:
            first = min(phrase.outer_start, start) if phrase else start
            yield Speech(speaker, start, end, inner, False, (first, match.end()))


def _quoted_besides(scene: Scene, found: Sequence[Speech]) -> Iterator[Speech]:
    """Yield direct quotations that no verb of saying takes: "“…다”며 자리를 떴다".

    Who says the rest of the sentence, else the subject of the verb that follows.
    """
    for match in QUOTE.finditer(scene.text):
        group = next((g for g in "abcd" if match[g]), "")
        going_on = GOING_ON.match(scene.text, match.end())
        if not group or not (going_on or is_sentence(match[group])):
            continue
        start, end = match.span(group)
        if group in "cd" and not TOLD_ON.match(scene.text, match.end()):
            continue
        taken = any(s.start < end and start < s.end for s in found)
        if taken or not (AFTER_QUOTE.match(scene.text, match.end()) or _is_voiced(scene, match)):
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


def closing_nouns(scene: Scene, verbs: SpeechVerbs) -> Iterator[Clause]:
    """Read a last noun as its verb: "…할 것이라고 전망", "…다고 설명"."""
    last = scene.parsed.phrases[-1] if scene.parsed.phrases else None
    if last is None or last.case != "bare" or re.search(r"\w", scene.text[last.end :]):
        return
    if last.head in verbs.states:
        yield Clause(last.head, last.start, last.end, "active", "final", tail_end=last.end)


def _asserts(scene: Scene, clause: Clause) -> bool:
    if clause.voice == "passive":
        return False
    if clause.lemma == "하" and _EVEN.match(scene.text, clause.start):
        return False
    if REFUSED.match(scene.text, clause.stem_end):
        return False  # "소문을 사실무근이라고 밝히지 않았다"
    light = clause.lemma in load_speech().light
    if light and not _SAID.search(scene.text[: clause.start]):
        return False
    if clause.ending == "quote" and _is_told_on(scene, clause):
        return False
    if clause.ending not in ("noun", "relative"):
        return True
    rest = scene.text[clause.end :].lstrip()
    done = scene.text[clause.end - 1 : clause.end] != "는"  # not "예상하는 것이 옳다"
    return done and _ALREADY_SAID.match(rest) is not None


def _is_told_on(scene: Scene, clause: Clause) -> bool:
    """Tell what another tells on: "A는 B가 칩을 달라고 요청했다고 보도했다"."""
    after = (c for c in scene.parsed.clauses if 0 <= c.start - clause.end <= _NEAR)
    return any(c.lemma in load_speech().states for c in after)


def _begin(scene: Scene, inner: Clause, found: Sequence[Speech]) -> int:
    """Return where a reported clause begins: after what ends before it, or was said before."""
    ends = [
        c.end
        for c in scene.parsed.clauses
        if c.ending == "final" and c.end < inner.start and not _GOES_ON.match(scene.text, c.end)
    ]
    ends += [s.clause.end for s in found if s.clause.end <= inner.start]
    ends += [m.end() for m in _SPACED.finditer(scene.text, 0, inner.start)]
    if inner.ending == "final" and _is_nominal(scene, inner):
        joined = (c.end for c in scene.parsed.clauses if c.ending == "connective")
        ends += [
            e for e in joined if e < inner.start and scene.text[e - 1 : e + 1] in ("며 ", "며,")
        ]
    return max(ends, default=0)


def _content(scene: Scene, clause: Clause, found: Sequence[Speech]) -> tuple[int, int, bool] | None:
    quotes = [
        m
        for m in QUOTE.finditer(scene.text, 0, clause.start)
        if (after := AFTER_QUOTE.match(scene.text, m.end())) and not names_it(m, after[0])
    ]
    said = max((s.clause.end for s in found if s.clause.end <= clause.start), default=0)
    if quotes and quotes[-1].end() >= said:
        match = quotes[-1]
        group = next(g for g in "abcd" if match[g])
        return match.start(group), match.end(group), True
    if (closed := _CLOSED.match(scene.text)) and closed.end() <= clause.start + 1:
        return 0, closed.end("said"), True
    affirms = clause.lemma in load_speech().affirming
    inner = [
        c
        for c in scene.parsed.clauses
        if said <= c.start < clause.start and _reports(scene, c, affirms=affirms)
    ]
    inner = [c for c in inner if c.end <= clause.start]
    if not inner or is_taken(scene, inner[-1], clause):
        return None
    last = inner[-1]
    if (
        clause.start - last.end > _NEAR
        and last.ending == "quote"
        and not _names_only(scene, last.end, clause.start)
    ):
        return None
    return _begin(scene, last, found), _end(scene, last), False


def _end(scene: Scene, last: Clause) -> int:
    """Return where what is said ends: before 고, but not within "멈추라" or "할 것"."""
    told = last.ending == "quote"
    bare = last.ending == "connective"  # "구현할 것이라 밝혔다"
    words = _TOLD.search(scene.text[last.start : last.end]) if told or bare else None
    end = last.start + words.start() if words else last.end
    end += scene.text[end - 2 : end + 1] == "아니라"
    end += last.lemma not in _COPULAS and scene.text[end : end + 2] in ("라고", "라며")
    thing = None if told or bare else _THING.match(scene.text, last.end)
    return thing.end() if thing else end


def _names_only(scene: Scene, start: int, end: int) -> bool:
    return bool(scene.named_in(start, end, ACTORS)) and end - start < 40


def _is_nominal(scene: Scene, clause: Clause) -> bool:
    return scene.text[clause.end - 1 : clause.end] in _NOMINAL


def _reports(scene: Scene, clause: Clause, *, affirms: bool) -> bool:
    """Tell a clause that is said: "…다고", "…할 것으로", "…음을", "…것이라", "…다 고"."""
    if clause.ending == "quote":
        return True
    if clause.ending == "final":
        if not _is_nominal(scene, clause):
            return scene.text.startswith((" 고 ", "고 "), clause.end)
        return affirms and scene.text.startswith("을 ", clause.end)
    if clause.ending == "connective" and clause.lemma == "이":
        return scene.text[: clause.end].endswith(("것이라", "계획이라", "예정이라", "방침이라"))
    return scene.text[clause.end :].lstrip().startswith(("것으로", "것이라고"))
