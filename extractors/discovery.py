"""Unknown names of one report, classed by the words that stand beside them.

Every pattern needs evidence (a class noun, a title, a pair ``한글(English)``, a shape
such as ``MI300X``): a capitalised word alone is no entity. The data is ``names.yaml``.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from extractors.alternation import holds_any
from extractors.bracketed_people import Headed, headed_firms
from extractors.classes import BODIES, THINGS
from extractors.descriptions import kinds_of_noun
from extractors.evidence import LATIN, Hint, patterns, trimmed, without_corporate
from extractors.explained import explained_below
from extractors.foreign_names import foreign_people
from extractors.headlines import headline_names
from extractors.introductions import corroborated, introductions
from extractors.joining import Discovered, Joining, korean_side, may_be_one
from extractors.korean_firms import korean_firms
from extractors.labels import named_label
from extractors.latin_names import latin_names
from extractors.latin_people import latin_people
from extractors.laws import law_hints
from extractors.name_index import NameIndex, ends_word, fold
from extractors.naming.candidates import stems
from extractors.naming.finder import Likely, NameFinder, NameModel
from extractors.person_names import PersonNames
from extractors.rosters import row_members
from extractors.shaped_names import shaped_names
from extractors.thing_lists import ThingLists
from extractors.titled_people import titled_people
from extractors.told_names import told_names
from extractors.variants import next_versions, quoted_whole, variant
from extractors.wholes_named import wholes_named
from extractors.words import is_common, is_listed, is_proper, is_unseen, sounds_like
from kg.claim import Entity
from kg.vocab import CLASSES

_MARKS = ("社", "㈜", "(주)")
_CALLING = ("라는", "불리는", "이란")
_MARKED = re.compile(rf"(?<![A-Za-z])({LATIN})(?:社|\s?㈜|\(주\))")


class Discovery:
    """Collects votes for names over all sentences of a report."""

    def __init__(
        self, known: NameIndex, classes: Mapping[str, str], model: NameModel | None = None
    ) -> None:
        self._known = known
        self._classes = classes
        self._votes: dict[str, Counter[str]] = defaultdict(Counter)
        self._printed: dict[str, Counter[str]] = defaultdict(Counter)
        self._families: dict[str, str] = {}
        self._pairs: list[tuple[str, str]] = []
        self._hints: list[Hint] = []
        self._before = ""
        self._people = PersonNames(known, classes)
        self._lists = ThingLists()
        self._finder = NameFinder(known, model)

    def read(self, text: str, found: Sequence[tuple[Entity, int, int]]) -> None:
        """Collect the evidence of one sentence; ``found`` are the known names in it."""
        for match in patterns().pair.finditer(text) if "(" in text else ():
            self._pair(text, match)
        self._read_cues(text)
        self._read_people(text)
        self._read_endings(text)
        for name in row_members(text, found):
            self._vote(name, "Company", 1)
        self._shapes(text)
        self._read_bodies(text, found)
        self._finder.read(text, found)
        self.take([*named_label(text, found), *headline_names(text), *law_hints(text)], 3)
        self.take([*wholes_named(text, self.class_of), *self._lists.read(text, found)], 3)
        for named in found:
            self._read_longer(text, named, found)

    def take(self, hints: Iterable[Hint], weight: int) -> None:
        """Take names that are told by more than their sentence."""
        for hint in hints:
            self._vote(hint.name, hint.cls, weight, quoted=True)

    def _read_longer(
        self,
        text: str,
        named: tuple[Entity, int, int],
        found: Sequence[tuple[Entity, int, int]],
    ) -> None:
        """Take names that a known one is only a part of: "Phi-4", ‘새벽 AI 연합’."""
        whole = quoted_whole(text, named)
        if whole:
            self._vote(whole, named[0].cls, 3, quoted=True)
        made = variant(text, named, found)
        end = named[1] + len(made.name) if made else named[2]
        for name, short in next_versions(text, named[1], end) if named[0].cls in THINGS else ():
            self._vote(name, named[0].cls, 2, quoted=True)
            self._count(short, named[0].cls)
            self._pairs.append((name, short))
        if made is None:
            return
        owner, _, base = text[slice(*named[1:])].partition(" ")
        owned = base and self.class_of(owner) == "Company" and self.class_of(base) == made.cls
        name = made.name[len(owner) + 1 :] if owned else made.name
        self._families.setdefault(fold(name), made.family)
        self._vote(name, made.cls, 2, quoted=True)
        if owned and not self._known.get(made.name):
            self._count(made.name, made.cls)
            self._pairs.append((name, made.name))

    def _read_people(self, text: str) -> None:
        """Take people by their titles, and their employers with them."""
        titled = list(titled_people(text, self.class_of))
        firms = {told.employer for told in titled}
        for name in self._people.find(text):
            if not self._known.get(name) and name.split()[-1] not in firms:
                self._count(name, "Person")
        for headed in headed_firms(text):
            self._read_heads(headed)
        for name in foreign_people(text, self._known.get):
            self._count(name, "Person", 3)
        for told in titled:
            self._count(told.person, "Person")
            if told.employer:
                self._vote(told.employer, told.cls, 2, quoted=True)

    def _read_heads(self, headed: Headed) -> None:
        for person in headed.people:
            if not self._known.get(person):
                self._count(person, "Person")
        for name in headed.names:
            bodies = (c for c in kinds_of_noun(name) if c in BODIES)
            self._vote(name, next(bodies, "Company"), 2)
        if len(headed.names) > 1:
            self._pairs.append((headed.names[0], headed.names[1]))

    def _read_endings(self, text: str) -> None:
        """Take names by what they end in: 가나증권, 가나연합(GNU), 가나AI."""
        p = patterns()
        if holds_any(text, _MARKS):
            for match in _MARKED.finditer(text):
                self._vote(match[1], "Company", 3)
        for match in p.suffix.finditer(text):
            if ends_word(text, match.end()):
                self._suffixed(match)
        for match in p.latin_suffix.finditer(text):
            self._vote(match["name"], p.suffix_classes[match["suffix"]], 2)
        for match in p.glossed.finditer(text) if "(" in text else ():
            self._glossed(match)
        self._read_houses(text)
        for match in p.branded.finditer(text):
            if not is_common(match["stem"]) and fold(match["name"]) not in p.stop:
                self._vote(match["name"], "Company", 1)

    def _read_houses(self, text: str) -> None:
        for match in patterns().house.finditer(text):
            name, tail = match["name"], match["tail"]
            known = any(self._known.get(name[:end]) for end in range(4, len(name)))
            if known or is_common(tail) or is_listed(tail):
                continue  # "SK하이닉스와의" is SK하이닉스
            if ends_word(text, match.end()):
                self._vote(name, "Company", 2)

    def _read_cues(self, text: str) -> None:
        p = patterns()
        if holds_any(text, _CALLING):
            for match in p.called.finditer(text):
                if not (match["korean"] and is_common(match["korean"])):
                    self._vote(self._named(match), p.classes[match["cue"]], 3)
        for match in p.before.finditer(text) if p.cue.search(text) else ():
            strong = match["link"].strip() in ("인", "이자")
            if strong or match["quoted"] or match["cue"] not in p.weakly:
                weight, ends = 2 if strong else 1, (text, match.end())
                named, quoted = self._named(match), bool(match["quoted"])
                self._vote(named, p.classes[match["cue"]], weight, ends=ends, quoted=quoted)
        for match in p.after.finditer(text):
            self._vote(
                self._named(match),
                p.classes[match["cue"] or match["cue2"]],
                1,
                quoted=bool(match["quoted"]),
            )
        self._hints += introductions(text)
        self._hints += told_names(text)
        self._hints += [*latin_names(text, self._known.get), *korean_firms(text)]
        self._hints += [*shaped_names(text, self._known.get), *latin_people(text)]
        self._hints += explained_below(self._before, text)
        self._before = text

    def _read_bodies(self, text: str, found: Sequence[tuple[Entity, int, int]]) -> None:
        """Take ministries: "폴란드 디지털부는", "전자정보기술부 장관"."""
        for match in patterns().office.finditer(text):
            if not is_listed(match["name"]) and match["name"] not in patterns().not_people:
                self._vote(match["name"], "Organization", 2)
        for entity, _, end in found:
            body = _BODY.match(text, end) if entity.cls == "Place" else None
            if body and not is_listed(body["name"]) and body["name"] not in patterns().regions:
                self._vote(body["name"], "Organization", 1)

    def _glossed(self, match: re.Match[str]) -> None:
        """Take "가나연합(GNU)": a body's name with its short one; the shortest unknown tail."""
        words, short = match["name"].split(), match["short"]
        name = words[-1]
        if self._known.get(match["name"]) or self._known.get(name):
            return
        if len(name) > 3 and name not in patterns().suffix_classes:
            self._vote(name, "Organization", 2)
            self._pairs.append((name, short))

    def _suffixed(self, match: re.Match[str]) -> None:
        name, suffix = match["name"], match["suffix"]
        bare, stem = without_corporate(name), name[: -len(match["suffix"])]
        if bare and self._known.get(bare):
            self._pairs.append((name, bare))
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
        self._vote(name, cls, 2)

    def class_of(self, name: str) -> str | None:
        """Return the class of a known name, of its likeliest bearer."""
        return next((self._classes.get(key) for key, _ in self._known.get(name)), None)

    def results(self) -> list[Discovered]:
        """Decide every name's class; names in a pair become one entity."""
        found: dict[str, Discovered] = {}
        for hint in corroborated(self._hints):
            self._vote(hint.name, hint.cls, 2 if hint.sure else 1, quoted=True)
        for named in self._by_example():
            self._vote(named.name, named.cls, 1, quoted=True)
        for key, votes in self._votes.items():
            stem, particle = stems(next(iter(self._printed[key])))[0]
            if particle and fold(stem) in self._votes:
                continue  # "나래칩과" beside "나래칩"
            cls = min(votes, key=lambda c: (-votes[c], CLASSES.index(c)))
            name = min(self._printed[key], key=lambda n: (-self._printed[key][n], n))
            found[key] = Discovered(name, cls, family=self._families.get(key))
        return Joining(found, self._known).joined(self._pairs)

    def _by_example(self) -> list[Likely]:
        """List the names that look like names, but parts of what rules tell to be others."""
        ruled = {
            frozenset(name.split()): max(votes, key=lambda c: votes[c])
            for key, votes in self._votes.items()
            for name in self._printed[key]
        }
        kept = []
        for named in self._finder.results():
            words = frozenset(named.name.split())
            others = (c for w, c in ruled.items() if (w < words or words < w) and c != named.cls)
            plain = named.name.isascii() and named.name.isalpha() and named.name.islower()
            if not (plain or self._known.get(named.name) or any(others)):
                kept.append(named)
        return kept

    def aliases_of_known(self) -> Iterator[tuple[str, str]]:
        """Yield (id of a known entity, new spelling) from pairs such as ``한글(Known)``."""
        for korean, english in self._pairs:
            left, right = self._known.get(korean), self._known.get(english)
            if not (left or right) or not may_be_one(korean, english):
                continue
            if self._is_another(korean, left or right):
                continue
            if right and not left and len(korean) > 1:
                yield right[0][0], korean
            elif left and not right and len(fold(english)) > 2:
                yield left[0][0], english

    def _is_another(self, name: str, known: Sequence[tuple[str, str]]) -> bool:
        """Whether a name has evidence of its own for another class than the known one's."""
        votes = self._votes.get(fold(name))
        return votes is not None and self._classes.get(known[0][0]) not in votes

    def _named(self, match: re.Match[str]) -> str:
        groups = match.groupdict()
        return groups.get("quoted") or groups.get("latin") or groups.get("korean") or ""

    def _vote(
        self,
        name: str,
        cls: str,
        weight: int,
        ends: tuple[str, int] | None = None,
        *,
        quoted: bool = False,
    ) -> None:
        both = re.fullmatch(r"([^()]+?)\s?\(([A-Za-z][^()]*)\)", name)
        if both:
            self._pairs.append((both[1], both[2]))
            name = "" if cls == "Policy" and self._known.get(both[2]) else both[1]
        whole = cls == "Paper" or (quoted and (cls == "Policy" or _WHOLE.fullmatch(name)))
        name = name.strip() if whole else trimmed(name)
        key = fold(name)
        if (
            len(key) < (2 if re.search(r"\d", key) or not key.isascii() else 3)
            or key in patterns().stop
            or self._known.get(name)
            or name in patterns().suffix_classes
            or (name in patterns().loanwords and not quoted)
            or key in patterns().versions
            or (name[-1] in "은는이가을를의와과도" and self._known.get(name[:-1]))
        ):
            return
        if ends and not ends_word(*ends):
            return
        spaced = " " in name and not name.isascii() and not quoted
        if cls not in ("Paper", "Policy") and (
            spaced or len(name) > (24 if quoted and " " in name else 40)
        ):
            return
        if _NO_NAME.fullmatch(name) or (cls != "Paper" and self._is_owned(name)):
            return
        self._count(name, cls, weight)

    def _is_owned(self, name: str) -> bool:
        """Tell "Gana K2", K2 of a known firm, from a line called after it ("Gana Mini 3")."""
        first, *rest = name.split()
        owners = {self._classes.get(key) for key, _ in self._known.get(first)}
        if not (rest and owners) or owners - {"Company", "Organization"}:
            return False
        line = len(rest) > 1 and re.fullmatch(r"\d{1,2}(?:\.\d+)?", rest[-1])
        thing = " ".join(rest)
        known = any(map(self._known.get, (thing, *rest[:-1])))
        return not line or known or any(p.search(thing) for _, p, _ in patterns().shapes)

    def _count(self, name: str, cls: str, weight: int = 2) -> None:
        if cls == "Person" and _LED.search(name):
            return  # "본부에 나다라"
        self._votes[fold(name)][cls] += weight
        self._printed[fold(name)][name] += 1

    def _pair(self, text: str, match: re.Match[str]) -> None:
        english = match["en"] or match["en2"]
        korean = match["ko2"] or korean_side(match["ko"], english)
        if (
            not korean
            or fold(english) in patterns().stop
            or (english.isupper() and not self._known.get(english))
            or is_common(korean)
        ):
            return
        self._pairs.append((korean, english))
        if self._known.get(korean) or self._known.get(english):
            return
        last_word = english.split()[-1]
        for suffix, cls in patterns().suffix_classes.items():
            ends_so = korean.endswith(suffix) and len(korean) > len(suffix)
            if ends_so or last_word == suffix:
                self._count(korean, cls)
        if " " in korean and _NAMED_TO.match(text, match.end()) and sounds_like(korean, english):
            self._count(korean, "Person", 2)
        start = match.end("ko") - len(korean) if match["ko"] else match.start("en2")
        for cue in self._cues_beside(text, start, match.end()):
            if sounds_like(korean, english):
                ends_so = last_word in patterns().suffix_classes
                self._count(korean, patterns().classes[cue], _BESIDE if ends_so else 2)

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
                if (not needs or any(w in folded for w in needs)) and not self._known.get(
                    match.group()
                ):
                    self._count(match.group(), cls)


_BODY = re.compile(
    r"\s(?P<name>[가-힣]{2,9}(?:부|성|청|처|위원회|개발원|진흥원))(?=[은는이가의와과도]\s|\()"
)
_NAMED_TO = re.compile(r"(?:을|를|씨)[^.]{0,30}?(?:임명|선임|영입|내정|지명|발탁|위촉)")
_LED = re.compile(r"[가-힣](?:에|에서|에게|의|을|를|으로)\s")
_BESIDE = 5
"""What a class noun weighs beside a name that ends like a firm's: "챗봇 마이 AI(My AI)"."""
_WHOLE = re.compile(r"AI\s[가-힣]{2,8}\s?\d(?:\.\d)?|(?!The )[A-Z][a-z]+(?:\s[A-Z][a-z]+){2,}")
"""A name that everyday words are parts of: "AI 조교 2.0", "Public Good Trust"."""
_NO_NAME = re.compile(r"[\d.,\s\-]+|(?:Q[1-4]|[1-4]Q|[12]H|H[12]|FY)\s?'?\d{0,4}[EF]?|CY\d{2,4}")
"""Numbers and times: "3Q25", "FY2026"."""
