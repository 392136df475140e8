"""One analysed sentence with its names, quantities and dates, and what came before it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from extractors.classes import BODIES, PARTIES, THINGS
from extractors.context.told_before import Discourse
from extractors.language.phrases import Clause, Parsed, Phrase
from extractors.lexicon.makers import makers
from extractors.names.name_patterns import patterns
from extractors.names.placeholders import pairs_of
from extractors.sparing import sparing
from extractors.values.periods import FoundPeriod
from extractors.values.values import FoundValue
from extractors.word_lists import Worded
from kg.claim import Entity, Modality, Value, entity_id
from kg.search.analyzer import Morpheme

_WORDS = "lexicon/frames/words.yaml"
Named = tuple[Entity, int, int]
_SEPARATOR = re.compile(
    r"[”’\"']?\s*(?:[/,·、&△▲▴◆●■]|및|와|과|또는|or|and)\s*(?:및|와|과|또는)?\s*[“‘\"']?"
)
_SUCH = Worded(_WORDS, r"[”’\"')]*\s?(?:등|같은)\s[^,]{0,25}?{such}들?")
"""What may stand between "A 등" and its particle: "A 등 국내외 기업들이"."""
_MARKS = re.compile(r"\([^()]*\)|[“”‘’\"'()\[\]/,·]")
_MOST_OF_TITLE = 8
"""Words that a title with departments and whose it is take at most."""
_FOUNDED = ("Policy", "Organization", "Facility", "Event")
"""Classes of what is called by its kind alone once it has been told of: "이 기금은"."""
_OF_NOUN = ("까지의 ", "부터의 ", "이전의 ", "이후의 ")
"""What follows a period that only tells of a noun: "2030년까지의 물량을 놓고 다툰다"."""
_NUMBER = re.compile(r"[\d.,]+")
_POINTED = re.compile(
    r"(?:(?:이|해당|이번|그|이러한|이런|그런)\s|동(?=법|조례|협약|펀드|기금))([가-힣A-Za-z]+)"
)
_SURNAMED = re.compile(r"(?P<surname>[가-힣]|[가-힣]{2,6}(?=\s))\s?(?P<title>[가-힣A-Z]+)")
_WORTH = sparing(r"\s+(?:어치|규모|상당|가량)\s*$")
_VERSION = re.compile(r"[A-Z][A-Za-z]*|v?\d+(?:\.\d+)?[A-Za-z]?")


@dataclass(slots=True)
class Scene:
    """A sentence ready for matching; all ranges are offsets into ``text``."""

    text: str
    names: list[Named]
    values: list[FoundValue]
    periods: list[FoundPeriod]
    parsed: Parsed
    discourse: Discourse
    trailing: Mapping[str, Collection[str]]
    anaphora: Mapping[str, Collection[str]]
    generic: Collection[str] = ()
    pointing: Mapping[str, Collection[str]] = field(default_factory=dict)
    masked: str = ""
    may_carry: bool = True
    in_list: bool = False
    speakers: frozenset[str] = frozenset()
    spoke: Entity | None = None
    spoke_as: str = ""
    unheard: bool = False
    tokens: Sequence[Morpheme] = ()
    measured: dict[FoundValue, bool] = field(default_factory=dict)
    _lines: frozenset[str] = field(init=False)
    _specific: list[Named] = field(init=False)
    _pairs: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Blank out quantities and dates: "H100 GPU 35만 개" ends in the chip."""
        named = {n[0].id for n in self.names}
        kinds = {
            n[0].id for n in self.names if n[0].label in self.generic and " " not in n[0].label
        }
        self._lines = frozenset(k for k in kinds if not named.isdisjoint(makers().get(k, ())))
        self._specific = [n for n in self.names if not self.is_generic(n[0])]
        self.masked = self.text
        ranges = [(v.start, v.end) for v in self.values] + [(p.start, p.end) for p in self.periods]
        for start, end in ranges:
            self.masked = self.masked[:start] + " " * (end - start) + self.masked[end:]

    @property
    def pairs(self) -> frozenset[str]:
        """The letters of the text, alone and two side by side: what a word in it has, too."""
        if not self._pairs:
            self._pairs = pairs_of(self.text)
        return self._pairs

    def is_generic(self, entity: Entity) -> bool:
        """Tell a kind of thing (GPU, LLM) from a thing, and from a line of who is named too."""
        kind = entity.label in self.generic and entity.id not in self._lines
        return kind or entity.cls == "Concept"

    def named_in(
        self, start: int, end: int, classes: Collection[str] = (), *, generic: bool = False
    ) -> list[Named]:
        """List the names inside a range, of these classes if any are given."""
        names = self.names if generic else self._specific
        inside = [n for n in names if start <= n[1] and n[2] <= end]
        return [n for n in inside if n[0].cls in classes] if classes and inside else inside

    def fill(
        self, phrase: Phrase, classes: Collection[str], loose: Collection[str] = ()
    ) -> list[Named]:
        """List who fills a role: the names a phrase and those coordinated with it end in."""
        found: list[Named] = []
        if not self.names:
            return found
        several = phrase.joined is not None
        for part in self._outside_brackets(phrase) if several else (phrase,):
            gloss = self.text.find("(", part.start, part.end)
            if gloss > part.start:
                filled = self._glossed(part, gloss, classes, loose)
            else:
                filled = self._heads(part, classes, loose)
            if not filled and part.apposed and not self.named_in(part.start, part.end):
                filled = self._heads(part.apposed, classes, loose)
            found += filled
        return (self.titled(phrase) if several and "Person" in classes else []) or found

    def _glossed(
        self, phrase: Phrase, gloss: int, classes: Collection[str], loose: Collection[str]
    ) -> list[Named]:
        """Read a phrase with a bracket: a body before it, else the last name, else any before."""
        closed = self.text.find(")", gloss, phrase.end)
        headed = closed > gloss and self.named_in(closed, phrase.end, ("Person",))
        plain = phrase if headed else replace(phrase, end=gloss)  # "가나(GN) 대표 다라"
        bodies = [n for n in self._heads(plain, BODIES, loose) if n[0].cls in classes]
        return bodies or self._heads(phrase, classes, loose) or self._heads(plain, classes, loose)

    def titled(self, phrase: Phrase) -> list[Named]:
        """Name who bears a title of two parts: "문가람 가나랩 전략 및 제품 담당 부사장"."""
        if phrase.joined is None or not self.masked[: phrase.end].endswith(patterns().titles):
            return []
        begins = phrase.chain()[0].start
        people = self.named_in(begins, phrase.end, ("Person",))
        alone = len(people) == 1 and people[0][1] == begins
        return people if alone and not self.named_in(phrase.start, phrase.end, BODIES) else []

    def _outside_brackets(self, phrase: Phrase) -> Iterator[Phrase]:
        """Yield what a phrase coordinates, but whom a body's bracket names: "가나(원장 다라)"."""
        opened = False
        for part in phrase.chain():
            if not (opened and self.named_in(part.start, part.end, ("Person",))):
                yield part
            words = self.text[part.start : part.until]
            opened = words.count("(") > words.count(")") or (opened and ")" not in words)

    def _heads(
        self, phrase: Phrase, classes: Collection[str], loose: Collection[str]
    ) -> list[Named]:
        inside = self.named_in(phrase.start, phrase.end)
        heads: list[Named] = []
        limit = phrase.end
        for named in reversed(inside):
            following = heads[0][1] if heads else limit
            between = self.masked[named[2] : following]
            if heads and not _SEPARATOR.fullmatch(between):
                break
            if not heads and self._places(named[0], between, classes):
                limit = named[1]
                continue
            if not heads and named[0].cls == "Facility" and "Facility" not in classes:
                limit = named[1]
                continue
            if not heads and not self._may_follow(between, named[0].cls, loose):
                if named[0].cls in BODIES and self._may_follow(between, "Person", ()):
                    limit = named[1]
                    continue
                break
            heads.insert(0, named)
        return [named for named in heads if named[0].cls in classes]

    def _places(self, entity: Entity, words: str, classes: Collection[str]) -> bool:
        """Tell a name that only says where somebody's site is: "가나 싱가포르 공장"."""
        if entity.cls != "Place" or "Place" in classes:
            return False
        return words.rstrip(" ”’\"')").endswith(tuple(self.trailing.get("sites", ("\n",))))

    def _may_follow(self, words: str, cls: str, loose: Collection[str]) -> bool:
        if not words.strip():
            return True
        if _SUCH.fullmatch(words) and cls in PARTIES:
            return True
        usual, own = self.trailing["any"], self.trailing.get(cls, ())
        told = _MARKS.sub(" ", words).split()
        titled = told and len(told) <= _MOST_OF_TITLE and told[-1].endswith(patterns().titles)
        if cls == "Person" and titled:
            return True  # "민서라 다라코리아 영업 부문장"
        return all(
            word in usual
            or word in own
            or word in loose
            or word in self.generic
            or _NUMBER.fullmatch(word)
            or (cls in THINGS and _VERSION.fullmatch(word))
            or (cls == "Person" and word.endswith(patterns().titles))
            for word in told
        )

    def refer(self, phrase: Phrase, classes: Collection[str]) -> list[Entity]:
        """Resolve "이 회사", "그", "양사" to what the discourse holds."""
        words = self.masked[phrase.start : phrase.end].strip()  # "15일 회사는"
        candidates: list[Entity | None] = []
        if words in self.anaphora["noun"] and not phrase.leads:
            return []
        if words in self.anaphora["home"] and self.discourse.home:
            candidates = [self._headed() or self.discourse.home]
        elif words in self.anaphora["org"]:
            candidates = [self._firm_meant(words, phrase)]
        elif words in self.anaphora["person"]:
            candidates = [self.discourse.person]
        elif len(words) > 1 and words in self.discourse.surnamed:
            candidates = [self.discourse.surnamed[words]]  # "피터 가람": "가람은"
        elif (titled := _SURNAMED.fullmatch(words)) and titled["title"].endswith(patterns().titles):
            candidates = [self.discourse.surnamed.get(titled["surname"])]
        elif words in self.anaphora["pair"] and self.discourse.pair:
            candidates = list(self.discourse.pair)
        elif words in self.discourse.heads and self._leads(phrase) and phrase.joined is None:
            candidates = [self.discourse.heads[words]]
        elif pointed := _POINTED.fullmatch(words):
            candidates = list(self.pointed(pointed[1]))
        return [c for c in candidates if c and c.cls in classes]

    def _firm_meant(self, words: str, phrase: Phrase) -> Entity | None:
        """Return whom "이 회사" means: who was just taken over, or else the firm told of."""
        called = self.discourse.heads.get(words)  # "스타트업 가나": "이 스타트업"
        if self.points(words):  # "가나가 다라를 인수했다. 이 회사는"
            if self.discourse.stranger:
                return None
            called = self.discourse.taken or called
        return called or self.discourse.org or self._named_before(phrase)

    def points(self, words: str) -> bool:
        """Tell what points at the firm told of last, not at the topic: "이 회사", not "회사"."""
        return words in self.anaphora["org"] and words.startswith(("이 ", "그 ", "해당 "))

    def _headed(self) -> Entity | None:
        """Return the firm of the note that this is, where a report is made of several."""
        headed = self.discourse.heading
        return headed if headed and headed.cls == "Company" else None

    def _leads(self, phrase: Phrase) -> bool:
        """Tell a topic, a subject, or where something is: "팹에는 장비 12대가 들어간다"."""
        within = phrase.case in ("to", "at") and self.text[phrase.until - 1] == "는"
        return within or phrase.leads

    def pointed(self, noun: str) -> Iterator[Entity | None]:
        """Yield what "이 공장", "이 모델", "동법" may mean, the likeliest first."""
        discourse, classes = self.discourse, self.pointing.get(noun, ())
        yield from (discourse.things.get(cls) for cls in classes)
        if set(classes) & set(THINGS) and discourse.thing:
            yield discourse.thing if discourse.thing.cls == "Product" else None
        told = (e for key, e in reversed(discourse.heads.items()) if key.endswith(noun))
        yield next((e for e in told if e.cls in _FOUNDED), None)

    def _named_before(self, phrase: Phrase) -> Entity | None:
        """Return the firm that leads an earlier clause of the sentence: "가나가 …했으나 회사는"."""
        for before in reversed(self.parsed.phrases):
            if before.end <= phrase.start and before.leads:
                named = self.named_in(before.start, before.end, BODIES)
                if named:
                    return named[-1][0]
        return None

    def thing(self, phrase: Phrase, things: Mapping[str, str], owner: Entity) -> Entity | None:
        """Make an entity of an unnamed thing, named after its owner ("메타 데이터센터")."""
        words = _WORTH.sub("", self.masked[phrase.start : phrase.end]).rstrip(" ”’\"'")
        last = words.split()[-1] if words.split() else ""
        noun = next(
            (n for n in (last, phrase.head, *things) if last.endswith(n) and n in things), None
        )
        if noun is None:
            return None
        cls = things[noun]
        kept = self._kind(phrase, words)
        quoted = re.search(r"[“‘'\"]([^”’'\"]{2,40})[”’'\"]", self._before(phrase) + words)
        label = (
            f"{owner.label} {quoted.group(1)} {last}"
            if quoted and cls == "Paper"
            else f"{owner.label} {' '.join(kept)}"
        )
        return Entity(entity_id(label), cls, label)

    def _kind(self, phrase: Phrase, words: str) -> list[str]:
        """Keep the nouns that tell what kind of thing it is: "HBM 패키징 공장"."""
        named = [n[2] for n in self.named_in(phrase.start, phrase.end, BODIES)]
        own = words[max((end - phrase.start for end in named), default=0) :].split()
        kept = own[-1:]
        for word in reversed(own[-5:-1]):
            if not re.fullmatch(r"[가-힣A-Za-z]+", word) or word in patterns().not_defining:
                break
            kept.insert(0, word)
        return kept

    def _before(self, phrase: Phrase) -> str:
        return self.text[max(0, phrase.start - 30) : phrase.start]

    def value_of(self, draft: Draft) -> FoundValue | None:
        """Return the quantity of a draft with its place."""
        return next((v for v in self.values if v.value is draft.value), None)

    def period_for(self, start: int, end: int, others: Collection[FoundPeriod] = ()) -> str | None:
        """Return the last period in a range but for ``others``."""
        inside = [p for p in self.periods if start <= p.start and p.end <= end and p not in others]
        inside = [p for p in inside if not self.text.startswith(_OF_NOUN, p.end)]
        return inside[-1].value if inside else None


@dataclass(slots=True)
class Draft:
    """A claim in the making; ranges are offsets into the sentence's text.

    ``aside`` tells a figure that the next sentence does not go on with.
    """

    subject: Entity
    predicate: str
    object: Entity | None
    value: Value | None
    start: int
    end: int
    clause: Clause | None = None
    tail: tuple[int, int] | None = None
    qualifiers: dict[str, str] = field(default_factory=dict)
    modality: Modality | None = "fact"
    attributed_to: str | None = None
    confidence: str = "0.8"
    extractor: str = "frames"
    aside: bool = False
