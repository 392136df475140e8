"""A light parse of one Korean sentence: noun phrases with case, predicates with endings.

Korean puts heads last, so a single pass suffices: noun phrases wait on a stack until
a predicate takes them. A relative clause leaves the topic ("A는") to the main clause.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.phrases import Clause, Ending, Parsed, Phrase
from kg.search.analyzer import Morpheme

_CASES = {
    **{"이": "subject", "가": "subject", "께서": "subject", "을": "object", "를": "object"},
    **{
        "은": "topic",
        "는": "topic",
        "ᆫ": "topic",
        "의": "of",
        "에": "to",
        "에게": "to",
        "한테": "to",
    },
    **{
        "에서": "at",
        "에서는": "at",
        "로": "by",
        "으로": "by",
        "로부터": "from",
        "으로부터": "from",
    },
    **{"에게서": "from", "와": "with", "과": "with", "랑": "with", "하고": "with", "로서": "as"},
    **{"으로서": "as", "보다": "than", "부터": "from", "까지": "until", "처럼": "like"},
    **{"도": "also", "만": "also", "이나": "also", "나": "also", "및": "and"},
}
_MODAL_NOUNS = frozenset(
    re.split(
        " ",
        "것 계획 예정 방침 전망 가능성 수 바 듯 전략 목표 의사 의향 뜻 생각 모양 셈 때문 여지 구상 실정 상황 상태 방안 중 거 게 터 만 뻔 줄",
    )
)
_TIME_NOUNS = frozenset(
    re.split(
        " ",
        "때 경우 후 뒤 이후 직후 이래 동안 가운데 와중 과정 만큼 정도 다음",
    )
)
_PLURALS = frozenset({"들", "쯤", "씩", "당", "가량"})
_CONTRASTS = frozenset({"반면", "데", "와중", "가운데", "동시"})
_DERIVE = {"되": "passive", "당하": "passive", "받": "passive", "시키": "active", "하": "active"}
_POSTPOSITIONS = {
    **{"대하": "about", "관하": "about", "의하": "to", "통하": "via", "위하": "for"},
    **{"따르": "source", "비하": "than", "향하": "to", "맞서": "against", "인하": "cause"},
}
_NOMINAL = ("N", "SL", "SH", "SN", "XP", "XR", "XSN", "MM", "SW", "SO", "SB", "W_")


def parse(text: str, tokens: Sequence[Morpheme]) -> Parsed:
    """Parse one analysed sentence; offsets are those of ``text``."""
    return _Parser(text, tokens).run()


class _Parser:
    def __init__(self, text: str, tokens: Sequence[Morpheme]) -> None:
        self.text, self.tokens = text, tokens
        self.items: list[Phrase | Clause] = []
        self.pending: list[Morpheme] = []

    def run(self) -> Parsed:
        i = 0
        while i < len(self.tokens):
            i = self._step(i)
        self._flush("bare")
        self._link_nouns()
        clauses = self._attach()
        phrases = [item for item in self.items if isinstance(item, Phrase)]
        return Parsed(phrases, clauses)

    def _step(self, i: int) -> int:
        token = self.tokens[i]
        if token.tag.startswith("J"):
            return self._particles(i)
        derived = token.tag in ("XSV", "XSA") or (
            token.form in ("받", "당하") and self._glued(token)
        )
        if derived and self.pending:
            stem = self._pop_stem()
            before = self.pending[-1].form if self.pending else ""
            self._flush("bare")
            return self._predicate(
                i, stem.form, stem.start, _DERIVE.get(token.form, "active"), before
            )
        if (
            token.form in _POSTPOSITIONS
            and token.tag.startswith("VV")
            and self._postposition(token.form)
        ):
            return self._past_endings(i)
        if token.tag in ("VV", "VA", "VV-I", "VV-R", "VA-I", "VA-R"):
            self._flush("bare")
            return self._predicate(i, token.form, token.start, "active")
        if token.tag in ("VCP", "VCN"):
            self._flush("copula")
            return self._predicate(i, "이" if token.tag == "VCP" else "아니", token.start, "active")
        if token.tag.startswith(_NOMINAL):
            self.pending.append(token)
        elif token.tag in ("SP", "SF"):
            comma = self.text[token.start : token.end] in ",、" and bool(self.pending)
            self._flush("comma" if comma else "bare")
        elif token.tag in ("MAG", "MAJ", "IC"):
            self._flush("and" if token.form in ("및", "또는", "혹은") else "bare")
        return i + 1

    def _pop_stem(self) -> Morpheme:
        """Take the noun of a derived verb, with its suffix ("가속" + "화")."""
        stem = self.pending.pop()
        if stem.tag == "XSN" and self.pending:
            noun = self.pending.pop()
            return Morpheme(noun.form + stem.form, "NNG", noun.start, stem.end)
        return stem

    def _glued(self, token: Morpheme) -> bool:
        return (
            bool(self.pending)
            and self.pending[-1].end == token.start
            and self.pending[-1].tag == "NNG"
        )

    def _postposition(self, form: str) -> bool:
        """Read "에 대한", "에 의해", "를 통해" as particles of the phrase before them."""
        last = self.items[-1] if self.items and not self.pending else None
        if not isinstance(last, Phrase) or last.case not in ("to", "object", "with"):
            return False
        last.case = _POSTPOSITIONS[form]
        return True

    def _past_endings(self, i: int) -> int:
        j = i + 1
        while j < len(self.tokens) and self.tokens[j].tag.startswith("E"):
            j += 1
        last = self.items[-1]
        assert isinstance(last, Phrase)
        last.until = self.tokens[j - 1].end
        if last.case == "about" and self.tokens[j - 1].tag == "ETM":
            last.case = "of"
        return j

    def _particles(self, i: int) -> int:
        case, end, j = "bare", 0, i
        while j < len(self.tokens) and self.tokens[j].tag.startswith("J"):
            token = self.tokens[j]
            end = token.end
            if token.tag == "JC":
                case = "and"
            elif token.form in ("은", "는", "ᆫ") and case not in ("bare", "also"):
                pass
            elif token.form == "의" and case != "bare":
                case = "of"
            elif token.form in _CASES and not (case != "bare" and _CASES[token.form] == "also"):
                case = _CASES[token.form]
            j += 1
        self._flush(case, end)
        return j

    def _flush(self, case: str, until: int = 0) -> None:
        tokens, self.pending = self.pending, []
        while tokens and tokens[0].tag in ("SW", "SO", "SB", "SSO", "SSC"):
            tokens.pop(0)
        if not tokens:
            return
        words = tuple(t.form for t in tokens)
        named = [
            t
            for t in tokens
            if t.form not in _PLURALS and (not t.tag.startswith("S") or t.tag in ("SL", "SN"))
        ]
        last = named[-1] if named else tokens[-1]
        first = last
        for token in reversed(named[:-1]):
            if token.end != first.start or token.tag in ("SN", "MM"):
                break
            first = token
        head = self.text[first.start : last.end]
        self.items.append(
            Phrase(
                tokens[0].start,
                tokens[-1].end,
                head,
                case,
                None,
                None,
                words,
                until or tokens[-1].end,
                None,
                last.form,
            )
        )

    def _predicate(self, i: int, lemma: str, start: int, voice: str, before: str = "") -> int:
        j = i + 1
        stem_end = (
            self.tokens[i].start if self.tokens[i].tag.startswith("XS") else self.tokens[i].end
        )
        ending: Ending = "final"
        while j < len(self.tokens):
            token = self.tokens[j]
            if token.tag == "EP":
                j += 1
                continue
            if token.tag.startswith("E"):
                ending = _ending(token)
                j += 1
                if self._emphatic(j):
                    j += 2
                    continue
                if j < len(self.tokens) and self.tokens[j].tag == "VX":
                    voice = (
                        "passive"
                        if self.tokens[j].form == "지"
                        and voice == "active"
                        and lemma not in ("알려",)
                        else voice
                    )
                    j += 1
                    continue
            break
        end = self.tokens[j - 1].end
        if ending == "relative" and self._is_modal(j):
            contrast = self.tokens[j].form in _CONTRASTS
            ending = "connective" if contrast else "noun"
        self.items.append(
            Clause(
                lemma,
                start,
                end,
                voice,
                ending,
                tail_end=end,
                stem_end=stem_end,
                before=before,
                adjective=self.tokens[i].tag.startswith(("VA", "XSA")),
            )
        )
        return j

    def _emphatic(self, j: int) -> bool:
        """Tell "하기도 했다", which is no noun clause but the verb itself."""
        following = self.tokens[j - 1 : j + 2]
        return (
            len(following) == 3
            and following[0].tag == "ETN"
            and following[1].form in ("도", "는")
            and following[2].tag == "VX"
        )

    def _is_modal(self, j: int) -> bool:
        return (
            j < len(self.tokens) and self.tokens[j].form in _MODAL_NOUNS | _TIME_NOUNS | _CONTRASTS
        )

    def _link_nouns(self) -> None:
        """Tie owners ("A의") and coordinated nouns ("A와", "A,") to the phrase that follows."""
        phrases = [item for item in self.items if isinstance(item, Phrase)]
        headline = phrases and phrases[0].case == "comma" and self.items[0] is phrases[0]
        if (
            headline
            and self._is_name(phrases[0])
            and not any(p.case in ("topic", "subject") for p in phrases)
        ):
            phrases[0].case = "topic"
        for left, right in zip(self.items, self.items[1:], strict=False):
            if not isinstance(left, Phrase) or not isinstance(right, Phrase):
                continue
            if left.case == "of":
                right.owner = left
            elif left.case in ("and", "comma") or (
                left.case == "with"
                and right.start - left.until <= 1
                and right.case in ("topic", "subject")
            ):
                right.joined = left

    def _is_name(self, phrase: Phrase) -> bool:
        return any(t.end == phrase.end and t.tag in ("NNP", "SL") for t in self.tokens)

    def _attach(self) -> list[Clause]:
        state = _State()
        for index, item in enumerate(self.items):
            if isinstance(item, Phrase):
                state.wait(item, alone=self._ends_alone(index))
            elif item.ending == "relative":
                state.relative(item, self._modified(index))
            else:
                state.main(item)
        _set_tails(state.clauses, len(self.text))
        return state.clauses

    def _ends_alone(self, index: int) -> bool:
        following = self.items[index + 1] if index + 1 < len(self.items) else None
        return not isinstance(following, Phrase)

    def _modified(self, index: int) -> Phrase | None:
        for item in self.items[index + 1 :]:
            if isinstance(item, Clause):
                if item.ending == "relative" and item.adjective:
                    continue
                return None
            if item.case not in ("of",):
                return item
        return None


def _ending(token: Morpheme) -> Ending:
    if token.tag == "ETM":
        return "relative"
    if token.tag == "ETN":
        return "noun" if token.form == "기" else "final"
    if token.tag == "EF":
        return "final"
    return (
        "quote"
        if re.fullmatch(r".*(?:다고|라고|다며|라며|다는|라는|자고|냐고|다면서)", token.form)
        else "connective"
    )


@dataclass(slots=True)
class _State:
    """The phrases that wait for a predicate, and the topic and subject so far."""

    stack: list[Phrase] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    topic: Phrase | None = None
    subject: Phrase | None = None

    def wait(self, phrase: Phrase, *, alone: bool) -> None:
        """Push a phrase, unless it only modifies the next one."""
        if phrase.case == "topic":
            self.topic, self.subject = phrase, None
        if phrase.case not in ("of", "and", "comma") or alone:
            self.stack.append(phrase)

    def relative(self, clause: Clause, modified: Phrase | None) -> None:
        """Give a relative clause its own arguments, and the noun it modifies."""
        self.clauses.append(clause)
        clause.topic, clause.modified = self.topic, modified
        if not clause.adjective or _subject_last(self.stack):
            clause.args = _take_relative(self.stack)
        if clause.lemma == "이" and modified and clause.args:
            modified.apposed = clause.args[-1]
        clause.subject = clause.arg("subject")

    def main(self, clause: Clause) -> None:
        """Give a clause all that waits, and keep what the next one shares."""
        self.clauses.append(clause)
        clause.topic, clause.args = self.topic, list(self.stack)
        own = clause.arg("subject")
        clause.subject, clause.earlier = own or self.subject, self.subject
        if clause.ending == "quote" and own and self.topic and own is not self.topic:
            clause.topic = None
        if clause.ending in ("connective", "final"):
            self.subject = clause.subject
        self.stack = self._shared(clause, own)
        if clause.ending == "final":
            self.topic = self.subject = None

    def _shared(self, clause: Clause, own: Phrase | None) -> list[Phrase]:
        if clause.ending == "noun":
            return [p for p in self.stack if p.case in ("topic", "subject")]
        if clause.ending == "connective":
            return [p for p in self.stack if p.case == "topic"]
        if clause.ending == "final":
            return []
        kept = [
            p
            for p in self.stack
            if p.case in ("topic", "to") or (p.case == "subject" and own is not p)
        ]
        return [*kept, own] if own is not None and self.topic is None else kept


def _subject_last(stack: list[Phrase]) -> bool:
    return bool(stack) and stack[-1].case == "subject"


def _take_relative(stack: list[Phrase]) -> list[Phrase]:
    taken: list[Phrase] = []
    cases: set[str] = set()
    while stack and stack[-1].case != "topic" and stack[-1].case not in cases:
        phrase = stack.pop()
        taken.insert(0, phrase)
        cases.add(phrase.case)
        if phrase.case == "subject":
            break
    return taken


def _set_tails(clauses: list[Clause], length: int) -> None:
    """Let a predicate's tail run through the verbs that govern it ("할 것으로 예상된다")."""
    for i, clause in enumerate(clauses):
        end = clause.end
        if clause.ending in ("noun", "quote"):
            for later in clauses[i + 1 :]:
                end = later.end
                if later.ending in ("final", "connective"):
                    break
            else:
                end = length
        elif clause.ending == "final":
            end = min(length, clause.end + 2)
        clause.tail_end = end
