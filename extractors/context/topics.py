"""What a sentence is about when no topic particle says so: "A도 …", "A: …", "황 CEO"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from corpus.report import Report
from extractors.alternation import any_of
from extractors.classes import ACTORS, BODIES, THINGS
from extractors.context.profiles import load_profiling, naming_part
from extractors.context.scene import Named, Scene
from extractors.figures.holders import is_house, measured_in
from extractors.language.phrases import Phrase
from extractors.names.descriptions import kinds_of_noun
from extractors.names.labels import Label, label_of
from extractors.names.name_patterns import patterns
from extractors.names.sibling_items import is_namelike
from kg.claim import Entity, entity_id

_HEADS = re.compile(r"\s?(?:\([^()]*\))?(?:\s?[,:：|–—]|\s?$|\s-\s|[은는이가]\s)")
_LISTED = re.compile(
    r"\s?\((?:\d{4,6}(?=[\d.: )])|[A-Z]{1,5})(?:[.: ][A-Z]{1,3})?(?:\s?[,/][^()]{1,24})?\)"
)
_LABEL = re.compile(r"[^\w(\[]*[(\[【](?P<label>[^()\[\]【】]{2,24})[)\]】]\s?(?=[\w‘“'\"])")
_OFTEN = 5
_LONGEST = 40
_LEADING = (*ACTORS, *THINGS)
_TOLD_OF = (*THINGS, "Policy", "Facility")
_HEADED = (*ACTORS, *_TOLD_OF)
_BELONGS = re.compile(r"\s?(?:\([^()]*\))?[’”'\"]?(?:의|[\])】])?\s(?!등\s|[/+&×]|vs)")
"""What follows the name of a heading that is about it: "AMD의 실적", "[AMD] 실적 호조"."""


_QUOTE_BEFORE = re.compile(r"[”’\"'…]\s?(?:[—–\-]\s)?$")
_OWNING = re.compile(r"(?:\s?\([^()]*\))?(?:[의이가은는도],?\s|,\s|\s[가-힣]|\s*$)")
_TELLING_BEFORE = re.compile(
    r"[가-힣](?:한|된|는|던|낸|온|린|킨|진|선|난|쓴|찬|꾼|딘|간|은|운|든|친|춘|둔)\s(?:[^\s]+\s)?$"
)
_ENDS = re.compile(r"(?:\s?\([^()]*\))?\W*$")
_TITLED = re.compile(r"\)?\s?[:：]\s")


def promote(scene: Scene) -> None:
    """Make "A도", a leading "A:" and a label "(A)" the topic of the clauses after it."""
    _labelled(scene)
    _led_by_label(scene)
    for phrase in scene.parsed.phrases:
        also = phrase.case == "also" and scene.text[phrase.end : phrase.until] in (
            "도",
            "조차",
            "마저",
        )
        also = also or (phrase.case == "until" and _ends_list(scene, phrase))
        titled = phrase.start < 3 and _TITLED.match(scene.text, phrase.end)
        led = (*ACTORS, "Place", "Market") if also else (*ACTORS, *THINGS)
        measured = also and measured_in(scene, phrase, (*ACTORS, "Market"))
        if (also or titled) and (scene.fill(phrase, led) or measured):
            if also:
                _rejoin(scene, phrase)
            _make_topic(scene, phrase)


def _ends_list(scene: Scene, phrase: Phrase) -> bool:
    """Tell "A는 물론 B까지", who act together, from how far something goes."""
    before = phrase.joined
    joined = scene.text[before.end : before.until] if before else ""
    return joined.endswith(("물론", "물론이고", "아니라"))


def _rejoin(scene: Scene, last: Phrase) -> None:
    """Let the first of "A, B, C도" be of the list, not whom a headline is about."""
    first, begins = scene.parsed.phrases[0], last.chain()[0]
    clause = scene.parsed.clause_with(last)
    if first.case != "topic" or scene.parsed.phrases[1:2] != [begins] or clause is None:
        return
    plain = begins is not last or clause.arg("object", "with")
    if plain and scene.fill(first, BODIES) and scene.fill(last, BODIES):
        first.case, begins.joined = "comma", first
        for other in scene.parsed.clauses:
            other.args = [p for p in other.args if p is not first]


def _labelled(scene: Scene) -> None:
    """Read the label of an item: "(가나전자) 새 칩을 …" is of 가나전자, "(조달)" of nobody yet."""
    label = _LABEL.match(scene.text)
    if label is None:
        return
    start, end = label.span("label")
    named = [n for n in scene.named_in(start, end) if n[1] == start and n[2] == end]
    if named and named[0][0].cls in (*ACTORS, *THINGS):
        phrase = Phrase(start, end, scene.text[start:end], "topic", until=end + 1)
        scene.parsed.phrases.insert(0, phrase)
        _make_topic(scene, phrase)
    elif not named:
        scene.discourse.topic = scene.discourse.heading or scene.discourse.home
        scene.discourse.org = scene.discourse.topic
        scene.discourse.thing = None


def _led_by_label(scene: Scene) -> None:
    """Make what the label of an item names its topic: "가나 2.5 — 새 번역 모델"."""
    label = label_of(scene.text)
    if label is None:
        return
    named = [n for n in scene.named_in(label.start, label.end) if n[1] == label.start]
    told = {n[0].id for n in scene.named_in(label.start, label.body)}
    if named and named[0][2] == label.end and len(told) == 1 and named[0][0].cls in _LEADING:
        phrase = Phrase(*named[0][1:], scene.text[slice(*named[0][1:])], "topic", until=label.body)
        scene.parsed.phrases.insert(0, phrase)
        _make_topic(scene, phrase)
        scene.discourse.labelled = scene.in_list
    elif len(bodies := _bodies_in(scene, label)) == _BOTH:
        scene.discourse.pair = (bodies[0], bodies[1])  # "가나-다라 협력: 양사는"
    elif not told and scene.in_list and scene.discourse.labelled:
        _leave_item(scene, scene.text[label.start : label.end])


_BOTH = 2


def _bodies_in(scene: Scene, label: Label) -> list[Entity]:
    named = scene.named_in(label.start, label.body, BODIES)
    return list({entity.id: entity for entity, _, _ in named}.values())


def _leave_item(scene: Scene, label: str) -> None:
    """Let "모회사: …" below "가나: …" be of whom the list is about, not of the item above.

    Where it is about nobody, what begins with another's name is of nobody who is known.
    """
    discourse = scene.discourse
    kept = discourse.headed or discourse.home
    discourse.labelled = False
    if kept is not None or is_namelike(label):
        discourse.topic = discourse.org = kept
        discourse.thing = None


def heading_topic(
    text: str, names: Sequence[Named], generic: Collection[str] = ()
) -> Entity | None:
    """Return whom a heading begins with, so that what is below it is about them.

    "2. AMD (AMD)", "AMD, …" and "미국 반도체법의 내용" name their topic; "AMD와 경쟁" does not.
    """
    alone = profiled(text, names)
    if alone is not None and alone.label not in generic:
        return alone
    told = [n for n in sorted(names, key=lambda n: n[1]) if n[0].cls != "Place"]
    shown = _shown(text, told) or _brought_out(text, told)
    if shown is not None and shown.label not in generic:
        return shown
    entity, start, end = told[0] if told else (None, 0, 0)
    if entity is None or entity.cls not in _HEADED or entity.label in generic:
        return None
    before = "".join(
        ch for at, ch in enumerate(text[:start]) if not any(s <= at < e for _, s, e in names)
    )
    leads = not re.search(r"[가-힣A-Za-z]{2}", before) or _is_introduced(before, entity)
    agents = {n[0].id for n in told if n[0].cls in BODIES}
    own = agents <= {entity.id} and _BELONGS.match(text, end) is not None
    if leads and (own or _HEADS.match(text, end)):
        return entity
    return entity if len(told) == 1 and _is_told_of(text, told[0]) else None


def _is_introduced(before: str, entity: Entity) -> bool:
    """Tell words that only say what the name behind them is: "AI 칩 스타트업 가나, …"."""
    words = before.split()
    if entity.cls not in BODIES or not words or len(words) > _INTRODUCING:
        return False
    told = patterns().introducing.get(words[-1]) or next(iter(kinds_of_noun(words[-1])), None)
    return told in BODIES and not _PARTICLED.search(before)


_INTRODUCING = 4
_PARTICLED = re.compile(r"[가-힣](?:은|는|을|를|의|에|와|과|로|,|한|된|인)\s")


def _is_told_of(text: str, named: Named) -> bool:
    """Tell the only firm of a headline that what stands before it tells of.

    "새 칩 공개한 가나전자", "“내년이 분수령” 가나의 승부수", but not "가나와 경쟁하는 다라".
    """
    entity, start, end = named
    if entity.cls not in BODIES or is_house(entity):
        return False
    quoted = _QUOTE_BEFORE.search(text[:start]) and _OWNING.match(text, end)
    return bool(quoted or (_TELLING_BEFORE.search(text[:start]) and _ENDS.match(text, end)))


def profiled(text: str, names: Sequence[Named]) -> Entity | None:
    """Return what a heading names and no more: "2.1 일본 — 누리호 4.0", "AMD (AMD)"."""
    classes = {text[start:end]: entity.cls for entity, start, end in names}
    ends = load_profiling().ends
    part = naming_part(text, classes.get)
    last = [n for n in names if n[0].cls in _TOLD_OF and ends.match(text, n[2])]
    behind = [n for n in last if _AFTER.search(text[: n[1]])]
    called = _CALLED.match(text, *part) if part else None
    begins = called.end() if called else -1
    first = [n for n in names if part and n[1] == begins and ends.match(text, n[2], part[1])]
    return next((n[0] for n in (*behind[-1:], *first) if n[0].cls in _HEADED), None)


_AFTER = re.compile(r"\s[–—―|-]\s$")
_CALLED = re.compile(r"(?:(?:[가-힣A-Za-z]+\s){0,2}[‘“'\"「])?")


def _shown(text: str, named: Sequence[Named]) -> Entity | None:
    """Return what a headline behind a bracket brings out: "[가나랩] 다라 2.5 출시 — …"."""
    label = _LABEL.match(text)
    if label is None:
        return None
    told = next((n for n in named if n[1] == label.end() and n[0].cls in THINGS), None)
    return told[0] if told and _BROUGHT.match(text, told[2]) else None


def _brought_out(text: str, named: Sequence[Named]) -> Entity | None:
    """Return the one thing that a heading ends in: "가나의 새 앱 ‘다라’", "마바 2 공개"."""
    things = [n for n in named if n[0].cls in THINGS]
    makers = [n for n in named if n[0].cls in BODIES]
    if len(things) != 1 or len(makers) + 1 != len(named) or len(makers) > 1:
        return None
    entity, start, end = things[0]
    before = text[makers[0][2] if makers else 0 : start]
    owned = _OWNED.fullmatch(before) if makers else not _PARTICLED.search(before)
    return entity if owned and start and _BROUGHT.match(text, end) else None


_OWNED = re.compile(r"의(?:\s[가-힣A-Za-z]+){0,4}\s[‘“'\"「]?")
_BROUGHT = re.compile(
    r"[’”'\"]?(?:\s(?:정식|공식|전격|무료))?(?:\s(?:출시|공개|발표|론칭|런칭|배포))?\s?(?:[—–]|\s-\s|…|$)"
)


def report_topic(
    title: str, texts: Sequence[str], found: Sequence[Sequence[Named]]
) -> Entity | None:
    """Return the one company that a report is about: its title begins with it, as notes on
    a company do ("가나전자 (012340 KS): …"), and no other is named much more often.
    """
    if listed := _listed_first(texts[:_FIRST], found[:_FIRST]):
        return listed
    counts = Counter(e.id for names in found for e, _, _ in names if e.cls == "Company")
    for text, names in zip(texts[:_FIRST], found[:_FIRST], strict=False):
        entity, start, end = min(names, key=lambda n: n[1], default=(None, 0, 0))
        if (
            entity is None
            or entity.cls != "Company"
            or (is_house(entity) and text[start:end] not in title)
            or re.search(r"[가-힣A-Za-z]{2}", text[:start])
        ):
            continue
        titled = text.strip(" #*") in title or title in text
        often = counts[entity.id] * 3 >= max(counts.values())
        alone = not any(_LIST.fullmatch(text, end, n[1]) for n in names if n[1] > end)
        if titled and often and alone and _HEADS.match(text, end):
            return entity
    return _told_of_throughout(title, texts, found)


_FIRST = 6
"""In so many sentences a report names whom it is about."""
_LIST = re.compile(r"\s?[,·/]\s?")


def _listed_first(texts: Sequence[str], found: Sequence[Sequence[Named]]) -> Entity | None:
    """Return the first firm that a line begins with and gives the code of: "가나 (012345)"."""
    for text, names in zip(texts, found, strict=True):
        for entity, start, end in names:
            leads = entity.cls == "Company" and not re.search(r"[가-힣A-Za-z]{2}", text[:start])
            if leads and _LISTED.match(text, end) and not is_house(entity):
                return entity
    return None


def is_titled(
    home: Entity | None, title: str, texts: Sequence[str], found: Sequence[Sequence[Named]]
) -> bool:
    """Tell that a report's title names whom it is about: a card or a note on one firm."""
    return home is not None and any(
        entity.id == home.id and text[start:end] in title
        for text, named in zip(texts, found, strict=True)
        for entity, start, end in named
    )


def _told_of_throughout(
    title: str, texts: Sequence[str], found: Sequence[Sequence[Named]]
) -> Entity | None:
    """Return the firm in the title that the text names more often than all others together.

    The house that writes ("가나증권 기업분석 다라전자") is not whom it writes about.
    """
    counts: Counter[str] = Counter()
    titled: dict[str, Entity] = {}
    for text, names in zip(texts, found, strict=True):
        for entity, start, end in sorted(names, key=lambda n: n[1]):
            if entity.cls != "Company" or is_house(entity):
                continue
            counts[entity.id] += 1
            if text[start:end] in title:
                titled[entity.id] = entity
    most = max(titled, key=lambda key: counts[key], default=None)
    if most is None or len(titled) > 1:
        return None
    alone = title.strip() in (titled[most].label, *titled[most].aliases)
    often = counts[most] >= _OFTEN and 2 * counts[most] >= counts.total()
    return titled[most] if alone or often else None


def writer_of(report: Report) -> Entity | None:
    """Return the publisher as the one who speaks as 당사 and 필자."""
    name = " ".join((report.publisher or "").split())
    return Entity(entity_id(name), "Organization", name) if 1 < len(name) < _LONGEST else None


def _make_topic(scene: Scene, phrase: Phrase) -> None:
    phrase.case = "topic"
    for clause in scene.parsed.clauses:
        if clause.start < phrase.start or (clause.topic and clause.topic.start > phrase.start):
            continue
        clause.topic = phrase
        if clause.subject and clause.subject.start < phrase.start:
            clause.subject = None
        if clause.ending != "relative" and phrase not in clause.args:
            clause.args.insert(0, phrase)


@lru_cache(maxsize=1)
def _called() -> re.Pattern[str]:
    """Match a surname, or another one word, before a title: "황 CEO"."""
    roles = any_of(patterns().roles)
    return re.compile(rf"(?<![가-힣A-Za-z])(?P<name>[가-힣]{{1,6}})\s{roles}(?![A-Za-z])")


def titled_names(texts: Iterable[str], people: Iterable[Entity]) -> Iterator[tuple[str, str]]:
    """Yield (person's id, "황 CEO") for people whom later sentences call by surname and title.

    Only a name that fits exactly one of ``people`` counts.
    """
    known: dict[str, set[str]] = {}
    for person in people:
        for name in (person.label, *person.aliases):
            words = name.split()
            if re.fullmatch(r"[가-힣]{3}", name) and name[0] in patterns().surnames:
                known.setdefault(name[0], set()).add(person.id)
            elif len(words) > 1 and re.fullmatch(r"[가-힣]+", words[-1]):
                known.setdefault(words[-1], set()).add(person.id)
    for text in texts:
        for match in _called().finditer(text) if patterns().role.search(text) else ():
            owners = known.get(match["name"], set())
            if len(owners) == 1:
                yield next(iter(owners)), match.group()
