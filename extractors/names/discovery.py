"""Unknown names of one report, classed by the words that stand beside them.

Every pattern needs evidence (a class noun, a title, a pair ``한글(English)``, a shape
such as ``MI300X``): a capitalised word alone is no entity. The data is ``names.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise

from extractors.alternation import holds_any
from extractors.classes import BODIES, THINGS
from extractors.language.words import (
    is_common,
    is_listed,
    is_proper,
    is_unseen,
    sounds_like,
    spelt_out,
)
from extractors.lexicon.name_index import NameIndex, ends_word, fold
from extractors.names.ballot import Ballot
from extractors.names.bracketed_people import Headed, headed_firms
from extractors.names.descriptions import kinds_of_noun
from extractors.names.explained import explained_below
from extractors.names.firms_by_place import firms_by_place
from extractors.names.foreign_names import foreign_people
from extractors.names.glossed_tickers import firms_by_ticker
from extractors.names.headlines import headline_names
from extractors.names.introductions import corroborated, introductions
from extractors.names.joining import Discovered, Joining, korean_side
from extractors.names.korean_firms import korean_firms
from extractors.names.labels import named_label
from extractors.names.latin_names import backers, latin_names
from extractors.names.latin_people import latin_people
from extractors.names.laws import law_hints
from extractors.names.line_names import line_names
from extractors.names.name_patterns import LATIN, Hint, patterns, without_corporate
from extractors.names.names_by_kind import names_by_kind
from extractors.names.naming.finder import Likely, NameFinder, NameModel
from extractors.names.person_names import PersonNames
from extractors.names.placed_names import owned_names, placed_names
from extractors.names.quoted_names import quoted_names
from extractors.names.rosters import row_members
from extractors.names.shaped_names import shaped_names
from extractors.names.sibling_items import sibling_names
from extractors.names.thing_lists import ThingLists
from extractors.names.titled_people import titled_people
from extractors.names.told_names import told_names
from extractors.names.variants import next_versions, quoted_whole, variant
from extractors.word_lists import Worded
from kg.claim import Entity

_WORDS = "names/names.yaml"
Named = tuple[Entity, int, int]
"""A known name in a sentence, and where it stands."""
_MARKS = ("社", "㈜", "(주)")
_CALLING = ("라는", "불리는", "이란")
_QUOTED = re.compile(r"(?<=[”’\"'])(?:이?라)?고\s")
"""What follows a quotation and begins no name: "“는다”고 문가람 대표는"."""
_MARKED = re.compile(rf"(?<![A-Za-z])({LATIN})(?:社|\s?㈜|\(주\))")


class Discovery:
    """Collects evidence for names over all sentences of a report."""

    def __init__(
        self, known: NameIndex, classes: Mapping[str, str], model: NameModel | None = None
    ) -> None:
        self._known = known
        self._classes = classes
        self.ballot = Ballot(known, classes)
        self._hints: list[Hint] = []
        self._placed: list[Hint] = []
        self._owned: list[tuple[str, Hint]] = []
        self._people = PersonNames(known, classes)
        self._finder = NameFinder(known, model)

    def read(self, texts: Sequence[str], found: Sequence[Sequence[Named]]) -> None:
        """Collect the evidence of all sentences; ``found`` are the known names in each.

        Each rule reads them all before the next does: going from rule to rule, its patterns
        would have to be fetched from memory anew for every sentence, which takes a quarter longer.
        """
        for text in texts:
            self._read_pairs(text)
        for text in texts:
            self._read_cues(text)
        self._read_hints(texts)
        for text in texts:
            self._read_people(text)
        for text in texts:
            self._read_endings(text)
        for text in texts:
            self._shapes(text)
        lists = ThingLists()
        self.take(sibling_names(texts, found), 2)
        for text, named in zip(texts, found, strict=True):
            self._finder.read(text, named)
        for text, named in zip(texts, found, strict=True):
            for member in row_members(text, named):
                self.ballot.vote(member, "Company", 1)
            self._read_bodies(text, named)
            self.take([*named_label(text, named), *headline_names(text), *law_hints(text)], 3)
            self.take([*names_by_kind(text, self.ballot.class_of), *lists.read(text, named)], 3)
            for name in named:
                self._read_longer(text, name, named)

    def _read_pairs(self, text: str) -> None:
        for match in patterns().pair.finditer(text) if "(" in text else ():
            self._pair(text, match)

    def _read_hints(self, texts: Sequence[str]) -> None:
        """Take what may be a name, if it comes again or is sure."""
        known = self._known.get
        rules: tuple[Callable[[str], Iterable[Hint]], ...] = (
            introductions,
            told_names,
            partial(latin_names, is_known=known),
            korean_firms,
            backers,
            partial(shaped_names, is_known=known),
            partial(firms_by_place, class_of=self.ballot.class_of),
            latin_people,
        )
        for rule in rules:
            for text in texts:
                self._hints += rule(text)
        self.take(firms_by_ticker(texts), 3)
        for before, text in pairwise(["", *texts]):
            self._hints += explained_below(before, text)
            self.take(line_names(text, self.ballot.class_of, before), 3)
        for text in texts:
            self._placed += placed_names(text, self.ballot.class_of)
            self._placed += quoted_names(text)
            self._owned += owned_names(text, self.ballot.class_of)

    def take(self, hints: Iterable[Hint], weight: int) -> None:
        """Take names that are told by more than their sentence."""
        for hint in hints:
            self.ballot.vote(hint.name, hint.cls, weight, quoted=True)

    def _read_longer(
        self,
        text: str,
        named: Named,
        found: Sequence[Named],
    ) -> None:
        """Take names that a known one is only a part of: "Phi-4", ‘새벽 AI 연합’."""
        whole = quoted_whole(text, named)
        if whole:
            self.ballot.vote(whole, named[0].cls, 3, quoted=True)
        made = variant(text, named, found)
        end = named[1] + len(made.name) if made else named[2]
        for name, short in next_versions(text, named[1], end) if named[0].cls in THINGS else ():
            self.ballot.vote(name, named[0].cls, 2, quoted=True)
            self.ballot.count(short, named[0].cls)
            self.ballot.pairs.append((name, short))
        if made is None:
            return
        owner, _, base = text[slice(*named[1:])].partition(" ")
        owned = (
            base
            and self.ballot.class_of(owner) == "Company"
            and self.ballot.class_of(base) == made.cls
        )
        name = made.name[len(owner) + 1 :] if owned else made.name
        self.ballot.family(name, made.family)
        if named[0].cls == "Company" and " " in name:
            self.ballot.count(name, made.cls)
        self.ballot.vote(name, made.cls, _SHAPED if named[0].cls == "Model" else 2, quoted=True)
        if owned and not self._known.get(made.name):
            self.ballot.count(made.name, made.cls)
            self.ballot.pairs.append((name, made.name))

    def _read_people(self, text: str) -> None:
        """Take people by their titles, and their employers with them."""
        text = _QUOTED.sub(", ", text)
        titled = list(titled_people(text, self.ballot.class_of))
        firms = {told.employer for told in titled}
        for name in self._people.find(text):
            if not self._known.get(name) and name.split()[-1] not in firms:
                self.ballot.count(name, "Person")
        for headed in headed_firms(text):
            self._read_heads(headed)
        for name in foreign_people(text, self._known.get):
            self.ballot.count(name, "Person", 3)
        for told in titled:
            self.ballot.count(told.person, "Person")
            if told.employer:
                self.ballot.vote(told.employer, told.cls, 2, quoted=True)

    def _read_heads(self, headed: Headed) -> None:
        for person in headed.people:
            if not self._known.get(person):
                self.ballot.count(person, "Person")
        for name in headed.names:
            bodies = (c for c in kinds_of_noun(name) if c in BODIES)
            self.ballot.vote(name, next(bodies, "Company"), 2)
        if len(headed.names) > 1:
            self.ballot.pairs.append((headed.names[0], headed.names[1]))

    def _read_endings(self, text: str) -> None:
        """Take names by what they end in: 가나증권, 가나연합(GNU), 가나AI."""
        p = patterns()
        if holds_any(text, _MARKS):
            for match in _MARKED.finditer(text):
                self.ballot.vote(match[1], "Company", 3)
        for match in p.suffix.finditer(text):
            if ends_word(text, match.end()):
                self._suffixed(match)
        for match in p.latin_suffix.finditer(text):
            self.ballot.vote(match["name"], p.suffix_classes[match["suffix"]], 2)
        for match in p.glossed.finditer(text) if "(" in text else ():
            self._glossed(match)
        self._read_houses(text)
        for match in p.branded.finditer(text):
            if not is_common(match["stem"]) and fold(match["name"]) not in p.stop:
                self.ballot.vote(match["name"], "Company", 1)

    def _read_houses(self, text: str) -> None:
        for match in patterns().house.finditer(text):
            name, tail = match["name"], match["tail"]
            known = any(self._known.get(name[:end]) for end in range(4, len(name)))
            if known or is_common(tail) or is_listed(tail):
                continue  # "SK하이닉스와의" is SK하이닉스
            if ends_word(text, match.end()):
                self.ballot.vote(name, "Company", 2)

    def _read_cues(self, text: str) -> None:
        p = patterns()
        if holds_any(text, _CALLING):
            for match in p.called.finditer(text):
                if not (match["korean"] and is_common(match["korean"])):
                    self.ballot.vote(_named(match), p.classes[match["cue"]], 3)
        for match in p.before.finditer(text) if p.cue.search(text) else ():
            strong = match["link"].strip() in ("인", "이자")
            told = strong or match["quoted"] or match["cue"] not in p.weakly
            cls, quoted = p.classes[match["cue"]], bool(match["quoted"])
            if told and (quoted or ends_word(text, match.end())):
                self.ballot.vote(_named(match), cls, 1 + strong, quoted=quoted)
        for match in p.after.finditer(text):
            cls, quoted = p.classes[match["cue"] or match["cue2"]], bool(match["quoted"])
            self.ballot.vote(_named(match), cls, 1, quoted=quoted)

    def _read_bodies(self, text: str, found: Sequence[Named]) -> None:
        """Take ministries: "폴란드 디지털부는", "전자정보기술부 장관"."""
        for match in patterns().office.finditer(text):
            if not is_listed(match["name"]) and match["name"] not in patterns().not_people:
                self.ballot.vote(match["name"], "Organization", 2)
        for entity, _, end in found:
            body = _BODY.match(text, end) if entity.cls == "Place" else None
            if body and not is_listed(body["name"]) and body["name"] not in patterns().regions:
                self.ballot.vote(body["name"], "Organization", 1)

    def _glossed(self, match: re.Match[str]) -> None:
        """Take "가나연합(GNU)": a body's name with its short one; the shortest unknown tail."""
        words, short = match["name"].split(), match["short"]
        name = words[-1]
        if self._known.get(match["name"]) or self._known.get(name):
            return
        if len(name) > 3 and name not in patterns().suffix_classes:
            self.ballot.vote(name, "Organization", 2)
            self.ballot.pairs.append((name, short))

    def _suffixed(self, match: re.Match[str]) -> None:
        name, suffix = match["name"], match["suffix"]
        bare, stem = without_corporate(name), name[: -len(match["suffix"])]
        if bare and self._known.get(bare):
            self.ballot.pairs.append((name, bare))
            return
        cls = patterns().suffix_classes[suffix]
        if len(stem) < 2 or fold(stem) in patterns().stop or stem in patterns().not_people:
            return
        strong = suffix in patterns().strong_suffixes
        placed = any(self._classes.get(key) == "Place" for key, _ in self._known.get(stem))
        if cls == "Company" and ((is_common(stem) and not strong) or placed):
            return
        named = stem.isascii() or is_proper(stem) or is_unseen(stem)
        if suffix in patterns().weak_suffixes and not named:
            return
        self.ballot.vote(name, cls, 2)

    def results(self) -> list[Discovered]:
        """Decide every name's class; names in a pair become one entity."""
        for hint in corroborated(self._hints):
            self.ballot.vote(hint.name, hint.cls, 2 if hint.sure else 1, quoted=True)
        placed = dict.fromkeys(corroborated(self._placed))  # one vote a name and class
        told = {fold(hint.name) for hint in placed}
        for named in self._by_example():
            if fold(named.name) not in told:
                self.ballot.vote(named.name, named.cls, 1, quoted=True)
        of_firms = (hint for owner, hint in self._owned if self._is_firm(owner))
        for hint in dict.fromkeys((*placed, *of_firms)):
            self.ballot.vote(hint.name, hint.cls, 1, quoted=True, whole=True)
        return Joining(self.ballot.decided(), self._known).joined(self.ballot.pairs)

    def _is_firm(self, name: str) -> bool:
        return "Company" in (self.ballot.class_of(name), self.ballot.likely(name))

    def _by_example(self) -> list[Likely]:
        """List the names that look like names, but parts of what rules tell to be others."""
        ruled = self.ballot.leading()
        kept = []
        for named in self._finder.results():
            words = frozenset(named.name.split())
            others = (c for w, c in ruled.items() if (w < words or words < w) and c != named.cls)
            plain = named.name.isascii() and named.name.isalpha() and named.name.islower()
            plain = plain or named.name.removesuffix("AI").strip() in patterns().fields
            if not (plain or self._known.get(named.name) or any(others)):
                kept.append(named)
        return kept

    def _pair(self, text: str, match: re.Match[str]) -> None:
        english = match["en"] or match["en2"]
        if match["ko"] and english.isupper() and (whole := spelt_out(match["ko"], english)):
            if not (self._known.get(whole) or is_common(whole)):
                self.ballot.vote(whole, "Company", 3, quoted=True)
                self.ballot.pairs.append((whole, english))
            return
        korean = match["ko2"] or korean_side(match["ko"], english)
        if (
            not korean
            or fold(english) in patterns().stop
            or (english.isupper() and not self._known.get(english))
            or is_common(korean)
        ):
            return
        self.ballot.pairs.append((korean, english))
        if self._known.get(korean) or self._known.get(english):
            return
        last_word = english.split()[-1]
        for suffix, cls in patterns().suffix_classes.items():
            ends_so = korean.endswith(suffix) and len(korean) > len(suffix)
            if ends_so or last_word == suffix:
                self.ballot.count(korean, cls)
        if " " in korean and _NAMED_TO.match(text, match.end()) and sounds_like(korean, english):
            self.ballot.count(korean, "Person", 2)
        start = match.end("ko") - len(korean) if match["ko"] else match.start("en2")
        for cue in self._cues_beside(text, start, match.end()):
            if sounds_like(korean, english):
                ends_so = last_word in patterns().suffix_classes
                self.ballot.count(korean, patterns().classes[cue], _BESIDE if ends_so else 2)

    def _cues_beside(self, text: str, start: int, end: int) -> Iterator[str]:
        """Yield the class nouns right before and right after a pair: "칩 ‘칼도라(Caldora)’"."""
        before = patterns().cue_before.search(text, max(0, start - 20), start)
        after = patterns().cue_after.match(text, end)
        yield from (match["cue"] for match in (before, after) if match)

    def _shapes(self, text: str) -> None:
        if patterns().shape.search(text) is None:
            return
        folded = text.casefold()
        for cls, pattern, needs in patterns().shapes:
            for match in pattern.finditer(text):
                edition = patterns().edition.match(text, match.end()) if cls == "Model" else None
                name = match.group() + (edition.group() if edition else "")
                if not (needs and not holds_any(folded, needs)) and not self._known.get(name):
                    self.ballot.count(name, cls, _SHAPED if edition else 2)


_BODY = re.compile(
    r"\s(?P<name>[가-힣]{2,9}(?:부|성|청|처|위원회|개발원|진흥원))(?=[은는이가의와과도]\s|\()"
)
_NAMED_TO = Worded(_WORDS, r"(?:을|를|씨)[^.]{0,30}?{appointed}")
_SHAPED = 5
"""What a version of a model's shape weighs beside other evidence: 'GPT-9 하이'."""
_BESIDE = 5
"""What a class noun weighs beside a name that ends like a firm's: "챗봇 마이 AI(My AI)"."""


def _named(match: re.Match[str]) -> str:
    groups = match.groupdict()
    return groups.get("quoted") or groups.get("latin") or groups.get("korean") or ""
