"""A light parse of one Korean sentence: noun phrases with case, predicates with endings.

Korean puts heads last, so a single pass suffices: noun phrases wait on a stack until
a predicate takes them. A relative clause leaves the topic ("A는") to the main clause.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from extractors.attachment import Attachment
from extractors.lexicon_store import load_yaml
from extractors.phrases import Clause, Ending, Parsed, Phrase
from kg.search.analyzer import Morpheme

_NOMINAL = ("N", "SL", "SH", "SN", "XP", "XR", "XSN", "MM", "SW", "SO", "SB", "W_")


@dataclass(frozen=True, slots=True)
class _Grammar:
    cases: Mapping[str, str]
    postpositions: Mapping[str, str]
    clausal: frozenset[str]
    contrasts: frozenset[str]
    plurals: frozenset[str]
    derivations: Mapping[str, str]


@lru_cache(maxsize=1)
def _grammar() -> _Grammar:
    data = load_yaml(Path(__file__).with_name("grammar.yaml"))
    contrasts = frozenset(data["contrasts"])
    return _Grammar(
        {particle: case for case, particles in data["cases"].items() for particle in particles},
        data["postpositions"],
        frozenset(data["modal_nouns"]) | frozenset(data["time_nouns"]) | contrasts,
        contrasts,
        frozenset(data["plurals"]),
        data["derivations"],
    )


def parse(text: str, tokens: Sequence[Morpheme]) -> Parsed:
    """Parse one analysed sentence; offsets are those of ``text``."""
    return _Parser(text, tokens).run()


class _Parser:
    def __init__(self, text: str, tokens: Sequence[Morpheme]) -> None:
        self.text, self.tokens, self.grammar = text, tokens, _grammar()
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
                i, stem.form, stem.start, self.grammar.derivations.get(token.form, "active"), before
            )
        if (
            token.form in self.grammar.postpositions
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
        last.case = self.grammar.postpositions[form]
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
            elif token.form in self.grammar.cases and not (
                case != "bare" and self.grammar.cases[token.form] == "also"
            ):
                case = self.grammar.cases[token.form]
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
            if t.form not in self.grammar.plurals
            and (not t.tag.startswith("S") or t.tag in ("SL", "SN"))
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
            contrast = self.tokens[j].form in self.grammar.contrasts
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
        return j < len(self.tokens) and self.tokens[j].form in self.grammar.clausal

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
        state = Attachment()
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
