"""A light parse of one Korean sentence: noun phrases with case, predicates with endings.

Korean puts heads last, so a single pass suffices: noun phrases wait on a stack until
a predicate takes them. A relative clause leaves the topic ("A는") to the main clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from extractors.language.arguments import Arguments
from extractors.language.grammar import load_grammar
from extractors.language.noun_links import link_nouns
from extractors.language.phrases import Clause, Ending, Parsed, Phrase
from extractors.language.predicates import is_auxiliary, read_endings
from extractors.language.rereading import reread
from kg.search.analyzer import Morpheme

_VERBS = ("VV", "VA", "VV-I", "VV-R", "VA-I", "VA-R")
_GOVERNED = ("object", "to", "with", "by", "from", "also")
_RECEIVED = ("받", "당하")
_NOMINAL = ("N", "SL", "SH", "SN", "XP", "XR", "XSN", "MM", "SW", "SO", "SB", "W_")


def parse(text: str, tokens: Sequence[Morpheme]) -> Parsed:
    """Parse one analysed sentence; offsets are those of ``text``."""
    return _Parser(text, tokens).run()


@lru_cache(maxsize=256)
def _is_nominal(tag: str) -> bool:
    return tag.startswith(_NOMINAL)


_SPACED = frozenset("—–―-")
_PARTING = _SPACED | {"…", "⋯", "...", "‥"}


class _Parser:
    def __init__(self, text: str, tokens: Sequence[Morpheme]) -> None:
        self.text, self.grammar = text, load_grammar()
        self.tokens = reread(tokens)
        self.items: list[Phrase | Clause] = []
        self.pending: list[Morpheme] = []
        self.opened = -1

    def run(self) -> Parsed:
        i, tokens = 0, self.tokens
        while i < len(tokens):
            token = tokens[i]
            if token.form in _PARTING and self._parts(token):
                if not self._closes("final"):
                    self._flush("bare")
                i += 1
            elif _is_nominal(token.tag) and token.form not in _RECEIVED:
                self.pending.append(token)
                i += 1
            else:
                i = self._step(i)
        if not self._closes("final"):
            self._flush("bare")
        names = {t.end for t in self.tokens if t.tag in ("NNP", "SL")}
        link_nouns(self.items, names)
        proper = {t.end for t in self.tokens if t.tag == "NNP"}
        clauses = Arguments(self.items, self.grammar).given(len(self.text), proper)
        phrases = [item for item in self.items if isinstance(item, Phrase)]
        return Parsed(phrases, clauses)

    def _step(self, i: int) -> int:
        token = self.tokens[i]
        if token.tag.startswith("J"):
            return self._particles(i)
        if self._is_manner(i):
            if token.tag == "XSA":
                self._pop_stem()
            self._flush("bare")
            return i + 2
        derived = token.tag in ("XSV", "XSA") or (token.form in _RECEIVED and self._glued(token))
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
        if token.tag in _VERBS or (token.tag == "VX" and not is_auxiliary(self.tokens, i)):
            self._flush("bare")
            return self._predicate(i, token.form, token.start, "active")
        if token.tag in ("VCP", "VCN"):
            self._flush("copula")
            return self._predicate(i, "이" if token.tag == "VCP" else "아니", token.start, "active")
        if _is_nominal(token.tag):
            self.pending.append(token)
        else:
            self._mark(i)
        return i + 1

    def _is_manner(self, i: int) -> bool:
        """Tell an adjective that only tells how ("강하게 반발했다") from one that predicates."""
        token = self.tokens[i]
        if not token.tag.startswith(("VA", "XSA")) or (token.tag == "XSA" and not self.pending):
            return False
        following = self.tokens[i + 1 : i + 3]
        if not following or (following[0].form, following[0].tag) != ("게", "EC"):
            return False
        return not (len(following) > 1 and following[1].tag == "VX")

    def _mark(self, i: int) -> None:
        """Read punctuation, brackets and adverbs, which end a phrase or enclose a label."""
        token = self.tokens[i]
        if token.tag in ("SP", "SF"):
            mark = self.text[token.start : token.end]
            headed = mark in (":", "：") and not self.items  # "가나칩: 새 공장 착공"
            comma = (mark in ",、·ㆍ・/" or headed) and bool(self.pending)
            if not (mark in ",.;" and self._closes("final" if token.tag == "SF" else "connective")):
                self._flush("comma" if comma else "bare")
        elif token.tag in ("MAG", "MAJ", "IC"):
            self._adverb(token)
        elif token.tag == "SSO" and not self.pending:
            self.opened = i
        elif token.tag == "SSC" and self._is_label(i):
            self.pending = []

    def _parts(self, token: Morpheme) -> bool:
        """Tell a mark between the parts of a headline: "새 칩 출시 — 값은 그대로", "공개…두 배"."""
        around = self.text[token.start - 1 : token.start], self.text[token.end : token.end + 1]
        return token.form not in _SPACED or around == (" ", " ")

    def _closes(self, ending: Ending) -> bool:
        """Read a noun that ends a clause as its verb: "새 칩을 공개", "AWS에 합류 예정"."""
        tokens = self.pending
        last = self.items[-1] if self.items else None
        cases = ("object",) if ending == "connective" else _GOVERNED
        if not tokens or not isinstance(last, Phrase) or last.case not in cases:
            return False
        if tokens[0].start - last.until > 1 or any(t.tag not in ("NNG", "NNB") for t in tokens):
            return False
        told = [t for t in tokens if t.form not in self.grammar.manners] or tokens
        verbal = [t for t in told if t.form not in self.grammar.closers]
        if not verbal and len(told) < len(tokens):
            verbal = told[-1:]  # "양산을 동시 개시": the noun before only tells how
        if not verbal or len(verbal) > 2 or len(verbal[-1].form) < 2:
            return False
        noun = verbal[-1]
        before = verbal[0].form if len(verbal) > 1 else ""
        if before and last.case == "to" and verbal[0].end < noun.start:
            self.pending, before = [verbal[0]], ""  # "도쿄에 사무소 개소"
            self._flush("bare")
        clause = Clause(noun.form, noun.start, tokens[-1].end, "active", ending, before=before)
        clause.stem_end = noun.end
        self.items.append(clause)
        self.pending = []
        return True

    def _adverb(self, token: Morpheme) -> None:
        listed = token.form in self.grammar.distributives and self._ends_list()
        if (token.form in self.grammar.additives and self.pending) or listed:
            self._flush("topic", token.end)
        else:
            self._flush("and" if token.form in ("및", "또는", "혹은") else "bare")

    def _ends_list(self) -> bool:
        """Tell "A, B, C 모두", who act, from whom a topic before does something to."""
        phrases = [item for item in self.items if isinstance(item, Phrase)]
        led = any(p.leads for p in phrases)
        return bool(self.pending and phrases) and not led and phrases[-1].case in ("and", "comma")

    def _is_label(self, i: int) -> bool:
        """Tell a label in brackets before a phrase ("(산업) A는") from a gloss after it."""
        after = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        opened = self.tokens[self.opened] if self.opened >= 0 else None
        return (
            opened is not None
            and opened.form in "([【〔<"
            and bool(self.pending)
            and self.pending[0].start >= opened.end
            and after is not None
            and _is_nominal(after.tag)
            and after.start > self.tokens[i].end
        )

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
        if last.case == "such":
            last.case = "and" if self.tokens[j - 1].tag == "ETM" else "object"
        if last.case == "source" and self.tokens[j - 1].form in ("어", "아", "ᆯ수록"):
            last.case = "cause"  # "규모에 따라": by what it goes, not who says it
        if last.case in ("about", "source") and self.tokens[j - 1].tag == "ETM":
            last.case, last.about = "of", True
        return j

    def _particles(self, i: int) -> int:
        case, end, j, mate = "bare", 0, i, False
        while j < len(self.tokens) and self.tokens[j].tag.startswith("J"):
            token = self.tokens[j]
            end = token.end
            if token.tag == "JC":
                case = "and"
            elif token.form in ("은", "는", "ᆫ") and case not in ("bare", "also"):
                pass
            elif token.form == "의" and case != "bare":
                mate = case in ("with", "and")
                case = "of"
            elif token.form in self.grammar.cases and not (
                case != "bare" and self.grammar.cases[token.form] == "also"
            ):
                case = self.grammar.cases[token.form]
            j += 1
        self._flush(case, end)
        if mate and isinstance(self.items[-1], Phrase):
            self.items[-1].mate = True
        return j

    def _flush(self, case: str, until: int = 0) -> None:
        tokens, self.pending = self.pending, []
        while tokens and tokens[0].tag in ("SW", "SO", "SB", "SSO", "SSC"):
            tokens.pop(0)
        if not tokens:
            return
        words, plurals = tuple([t.form for t in tokens]), self.grammar.plurals
        named = [
            t
            for t in tokens
            if (t.tag[0] != "S" or t.tag in ("SL", "SN")) and t.form not in plurals
        ]
        last = named[-1] if named else tokens[-1]
        if case == "by" and self._targeted(last):
            return
        manner = self._manner(tokens) if case == "by" else None
        if manner is not None:
            self.pending = [t for t in tokens if t.start < manner]
            self._flush("bare")
            tokens = [t for t in tokens if t.start >= manner]
            words, named = tuple(t.form for t in tokens), tokens
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

    def _manner(self, tokens: list[Morpheme]) -> int | None:
        """Find where "무료로" begins in "B 무료로"."""
        start, end = tokens[0].start, tokens[-1].end
        cut = self.text.rfind(" ", start, end) + 1
        return cut if cut > start and self.text[cut:end] in self.grammar.manners else None

    def _targeted(self, noun: Morpheme) -> bool:
        """Read "A를 상대로" as "A에", "A를 바탕으로" as what something is built on."""
        based = noun.form in self.grammar.bases
        target = self.items[-1] if self.items else None
        if (
            not (based or noun.form in self.grammar.targets)
            or not isinstance(target, Phrase)
            or target.case != "object"
            or noun.start - target.until > 1
        ):
            return False
        if based:
            target.based = True
            return False
        target.case, target.until = "to", noun.end
        return True

    def _predicate(self, i: int, lemma: str, start: int, voice: str, before: str = "") -> int:
        token = self.tokens[i]
        clause = Clause(lemma, start, token.end, voice, "final", before=before)
        clause.stem_end = token.start if token.tag.startswith("XS") else token.end
        clause.adjective = token.tag.startswith(("VA", "XSA"))
        self.items.append(clause)
        return read_endings(clause, self.tokens, i, self.grammar)
