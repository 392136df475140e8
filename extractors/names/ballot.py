"""Votes on what the unknown names of a report are, and which of them may be names at all."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from extractors.classes import BODIES
from extractors.language.words import noun_tags
from extractors.lexicon.name_index import NameIndex, fold
from extractors.names.joining import Discovered, may_be_one
from extractors.names.name_patterns import patterns, trimmed
from extractors.names.naming.candidates import stems
from kg.vocab import CLASSES

_LED = re.compile(r"[가-힣](?:에|에서|에게|의|을|를|으로)\s")
_WHOLE = re.compile(r"AI\s[가-힣]{2,8}\s?\d(?:\.\d)?|(?!The )[A-Z][a-z]+(?:\s[A-Z][a-z]+){2,}")
"""A name that everyday words are parts of: "AI 조교 2.0", "Public Good Trust"."""
_NO_NAME = re.compile(
    r"[vV]?[\d.,\s\-]+|\d[a-z]|\d+(?:여\s?)?(?:개|종|가지|곳|명|대|건)(?:의)?\s.*|(?:Q[1-4]|[1-4]Q|[12]H|H[12]|FY)\s?'?\d{0,4}[EF]?|CY\d{2,4}"
)
"""Numbers, versions alone and times: "v2.1", "3Q25", "FY2026"."""
_CALLED = re.compile(r"[A-Z][A-Za-z]+\s(?:[A-Z][a-z]{2,}|[A-Z]{3,})")
"""What is called after its firm, and by no code: "Gana Two"."""
_EDITION = re.compile(r"\d[a-z]")
"""What is a name only behind the kind of thing: "TPU 8t"."""
_OF_TITLE = re.compile(
    r"(?:^|\s)(?:Is|Are|Was|Were|Why|What|How|Who|When|Where|Does|Should|and|or)(?=\s|$)"
)
"""What no person's or firm's name is made of: words of English sentences."""
_ADVERBS = ("MAG", "MAJ", "IC")
_PARTICLES = tuple("은는이가을를의와과도")
_LONGEST, _LONGEST_QUOTED = 40, 24


def _is_word_of(name: str, whole: str) -> bool:
    """Tell a name of which only a word stands before the bracket: "에이전틱 AI(Agentic AI)"."""
    words, all_words = ({fold(word) for word in text.split()} for text in (name, whole))
    return words < all_words


class Ballot:
    """Counts votes for names; two names of one thing are ``pairs``."""

    def __init__(self, known: NameIndex, classes: Mapping[str, str]) -> None:
        self._known = known
        self._classes = classes
        self._votes: dict[str, Counter[str]] = defaultdict(Counter)
        self._printed: dict[str, Counter[str]] = defaultdict(Counter)
        self._families: dict[str, str] = {}
        self.pairs: list[tuple[str, str]] = []

    def vote(
        self, name: str, cls: str, weight: int, *, quoted: bool = False, whole: bool = False
    ) -> None:
        """Count a name, if it may be one; what is ``quoted`` may hold everyday words.

        What is ``whole`` is not cut of those at its ends.
        """
        both = re.fullmatch(r"([^()]+?)\s?\(([A-Za-z][^()]*)\)", name)
        if both:
            self.pairs.append((both[1], both[2]))
            name = "" if cls == "Policy" and self._known.get(both[2]) else both[1]
        uncut = cls == "Paper" or (quoted and (cls == "Policy" or _WHOLE.fullmatch(name)))
        cut = trimmed(name)
        name = name.strip() if whole or uncut or _EDITION.fullmatch(cut) else cut
        if self._may_name(name, quoted=quoted) and self._fits(name, cls, quoted=quoted):
            self.count(name, cls, weight)

    def count(self, name: str, cls: str, weight: int = 2) -> None:
        """Count a name as it is."""
        if cls in ("Person", "Company") and _OF_TITLE.search(name):
            return  # "Why", "Is Two" of an English title
        if cls in ("Company", "Organization") and name.endswith(patterns().no_firms):
            return  # "수출 통제", "금융리스"
        if cls == "Person" and name.endswith(patterns().no_people):
            return  # "일반 멤버"
        if cls == "Person" and (_LED.search(name) or self._is_particled(name)):
            return  # "본부에 나다라", "젠슨 황이" before a firm
        if cls == "Person" and noun_tags(name) in _ADVERBS:
            return  # "심지어 가나 CEO"
        self._votes[fold(name)][cls] += weight
        self._printed[fold(name)][name] += 1

    def _may_name(self, name: str, *, quoted: bool) -> bool:
        """Tell what may be an unknown name from everyday words and names that are known."""
        key, p = fold(name), patterns()
        short = len(key) < (2 if re.search(r"\d", key) or not key.isascii() else 3)
        if short or key in p.stop or self._known.get(name) or name in p.suffix_classes:
            return False
        if (name in p.loanwords and not quoted) or key in p.versions:
            return False
        return not self._is_particled(name)

    def _is_particled(self, name: str) -> bool:
        """Tell a known name with what follows it in a sentence."""
        return name[-1:] in _PARTICLES and bool(self._known.get(name[:-1]))

    def _fits(self, name: str, cls: str, *, quoted: bool) -> bool:
        """Tell whether a name is such as things of a class have."""
        spaced = " " in name and not name.isascii() and not quoted
        long = len(name) > (_LONGEST_QUOTED if quoted and " " in name else _LONGEST)
        long = long and fold(name) not in self._families  # a known name may be most of it
        if (spaced or long) and cls not in ("Paper", "Policy"):
            return False
        owned = cls != "Paper" and self._is_owned(name)
        whole = quoted and _CALLED.fullmatch(name) and cls in ("Software", "Product", "Facility")
        return not (_NO_NAME.fullmatch(name) or (owned and not whole))

    def family(self, name: str, family: str) -> None:
        """Note of which family a name is a member, unless it is noted already."""
        self._families.setdefault(fold(name), family)

    def class_of(self, name: str) -> str | None:
        """Return the class of a known name, of its likeliest bearer."""
        return next((self._classes.get(key) for key, _ in self._known.get(name)), None)

    def likely(self, name: str) -> str | None:
        """Return the class that most votes so far give an unknown name."""
        votes = self._votes.get(fold(name))
        return max(votes, key=lambda c: votes[c]) if votes else None

    def decided(self) -> dict[str, Discovered]:
        """Decide every name's class, by its folded spelling."""
        found: dict[str, Discovered] = {}
        for key, votes in self._votes.items():
            stem, particle = stems(next(iter(self._printed[key])))[0]
            if particle and fold(stem) in self._votes:
                continue  # "나래칩과" beside "나래칩"
            cls = min(votes, key=lambda c: (-votes[c], CLASSES.index(c)))
            name = min(self._printed[key], key=lambda n: (-self._printed[key][n], n))
            found[key] = Discovered(name, cls, family=self._families.get(key))
        return found

    def leading(self) -> dict[frozenset[str], str]:
        """Return the class with the most votes so far, by the words of each name."""
        return {
            frozenset(name.split()): max(votes, key=lambda c: votes[c])
            for key, votes in self._votes.items()
            for name in self._printed[key]
        }

    def aliases_of_known(self) -> Iterator[tuple[str, str]]:
        """Yield (id of a known entity, new spelling) from pairs such as ``한글(Known)``."""
        for korean, english in self.pairs:
            left, right = self._known.get(korean), self._known.get(english)
            if not (left or right) or not may_be_one(korean, english):
                continue
            if self._is_another(korean, left or right):
                continue
            if _is_word_of(*((korean, english) if right else (english, korean))):
                continue
            if right and not left and len(korean) > 1:
                yield right[0][0], korean
            elif left and not right and len(fold(english)) > 2:
                yield left[0][0], english

    def _is_another(self, name: str, known: Sequence[tuple[str, str]]) -> bool:
        """Whether a name has evidence of its own for another class than the known one's."""
        votes = self._votes.get(fold(name))
        return votes is not None and self._classes.get(known[0][0]) not in votes

    def _is_owned(self, name: str) -> bool:
        """Tell "Gana K2", K2 of a known firm, from a line called after it ("Gana Mini 3")."""
        first, *rest = name.split()
        owners = {self._classes.get(key) for key, _ in self._known.get(first)}
        if not (rest and owners) or owners - {*BODIES}:
            return False
        line = len(rest) > 1 and re.fullmatch(r"\d{1,2}(?:\.\d+)?", rest[-1])
        thing = " ".join(rest)
        known = any(map(self._known.get, (thing, *rest[:-1])))
        return not line or known or any(p.search(thing) for _, p, _ in patterns().shapes)
