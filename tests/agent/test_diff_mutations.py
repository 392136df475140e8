"""A report is edited at random; the diff of the two editions tells each edit, and no more.

200 seeded edits of a sample report, twenty to a copy, of seven kinds mixed: values changed,
sentences removed, facts added, plans made facts; and edits that change no meaning: names
replaced by their aliases, paragraphs moved, white space changed. These three have copies of
their own too, whose diff must be empty.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import pytest

from corpus.readers import read
from extractors.pipeline import extract
from kg.claim import Claim, Extraction
from kg.diff import Change, diff
from kg.vocab import PREDICATES

pytestmark = pytest.mark.slow

SAMPLE = "weekly-2025-01-20"
BATCHES, EDITS = 10, 20

# Plans to be made facts: an appendix to the report, its sentences written for this test.
MAKERS = (
    "퀄컴",
    "인텔",
    "AMD",
    "삼성전자",
    "애플",
    "화웨이",
    "바이두",
    "미디어텍",
    "그록",
    "세레브라스",
)
GOODS = ("HBM5", "엑시노스 3000", "스냅드래곤 9", "어센드 990", "M7")
PLANS = [
    (f"{maker}{particle} 2026년에 {thing}을 출시할 계획이다.", f"{maker}{particle} {thing}을 출시했다.")
    for maker, particle, thing in (
        (m, "는" if (ord(m[-1]) - 0xAC00) % 28 == 0 and m[-1] >= "가" else "은", g)
        for m in MAKERS for g in GOODS
    )
]  # fmt: skip
BUYERS = ("팔란티어", "오라클", "세일즈포스", "IBM", "시스코", "어도비", "우버", "넷플릭스")
TARGETS = ("코히어", "허깅페이스", "스태빌리티AI", "삼바노바", "텐스토렌트", "그래프코어")
_NUMBER = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?")
_SENTENCE = re.compile(r"[^\n.|#]{15,}?다\.(?= |\n|$)")


@dataclass(frozen=True)
class Edit:
    """Text to be replaced, and what the diff must tell of it (None: nothing at all)."""

    name: str
    start: int
    end: int
    text: str
    told: tuple[str, str, str, str] | None = None
    touched: frozenset[str] = frozenset()
    """Subjects of whatever else stands in the text that is replaced."""


@dataclass(frozen=True)
class Base:
    text: str
    extraction: Extraction

    @property
    def claims(self) -> Sequence[Claim]:
        return self.extraction.claims


@pytest.fixture(scope="module")
def base(samples: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Base:
    text = samples[SAMPLE].read_text("utf-8").rstrip("\n")
    appendix = "\n\n".join(plan for plan, _ in PLANS)
    text = f"{text}\n\n## V. 부록\n\n### 1. 예고된 제품\n\n{appendix}\n"
    return Base(text, _extracted(text, tmp_path_factory.mktemp("base")))


def _extracted(text: str, folder: Path) -> Extraction:
    file = folder / f"{SAMPLE}.md"
    file.write_text(text, encoding="utf-8")
    return extract(read(file))


def about(claim: Claim) -> tuple[str, str, str]:
    """What an edit is about: subject, relation, and the object or else the metric."""
    thing = claim.object.label if claim.object else claim.qualifiers.get("metric", "")
    return claim.subject.label, claim.predicate, thing


def told(changes: Iterable[Change]) -> set[tuple[str, str, str, str]]:
    found = set()
    for change in changes:
        if change.kind != "restated":
            found |= {(change.kind, *about(c)) for c in (*change.new, *change.old)}
            found |= told(change.details)
    return found


def values(base: Base) -> list[Edit]:
    """A number of a table's cell becomes another."""
    found: dict[int, Edit] = {}
    for claim in base.claims:
        evidence = claim.evidence
        number = claim.value.text.strip() if claim.value else ""
        plain = PREDICATES[claim.predicate].functional and _NUMBER.fullmatch(number)
        plain = plain and claim.qualifiers.get("metric") != "실적발표 예정일"  # a date
        plain = plain and claim.qualifiers.get("basis") != "지난주"  # what the week does not say
        if evidence.table and plain and evidence.quote == number:
            raised = re.sub(r"\d", lambda m: str((int(m[0]) + 4) % 9 + 1), number)
            expected = ("value_changed", *about(claim))
            found[evidence.start] = Edit("value", evidence.start, evidence.end, raised, expected)
    return list(found.values())


def removals(base: Base) -> list[Edit]:
    """A sentence at the end of its paragraph goes; it claims what nothing else claims."""
    found = []
    for match in _SENTENCE.finditer(base.text):
        start, end = match.start(), match.end()
        if base.text[end : end + 1] != "\n":
            continue
        inside = [c for c in base.claims if start <= c.evidence.start < end]
        others = {about(c) for c in base.claims if c not in inside}
        only = [c for c in inside if about(c) not in others and c.predicate != "states"]
        if only:
            subjects = frozenset(c.subject.label for c in inside)
            found.append(Edit("removal", start, end, "", ("dropped", *about(only[0])), subjects))
    return found


def additions(base: Base) -> list[Edit]:
    """A sentence that says something new goes in behind a paragraph."""
    ends = [m.end() for m in re.finditer(r"다\.(?=\n\n)", base.text)]
    known = {about(c) for c in base.claims}
    pairs = [(b, t) for b in BUYERS for t in TARGETS]
    found = []
    for place, (buyer, target) in zip(ends, pairs, strict=False):
        particle = "는" if (ord(buyer[-1]) - 0xAC00) % 28 == 0 and buyer[-1] >= "가" else "은"
        text = f"\n\n{buyer}{particle} 지난주 {target} 지분에 20억 달러를 투자했다."
        if (buyer, "investsIn", target) not in known:
            found.append(Edit("addition", place, place, text, ("new", buyer, "investsIn", target)))
    return found


def facts(base: Base) -> list[Edit]:
    """A plan becomes what happened."""
    found = []
    for plan, fact in PLANS:
        start = base.text.index(plan)
        claim = next(
            (
                c
                for c in base.claims
                if start <= c.evidence.start < start + len(plan)
                and (c.predicate, c.modality) == ("releases", "plan")
            ),
            None,
        )
        if claim is not None:
            expected = ("status_changed", *about(claim))
            found.append(Edit("fact", start, start + len(plan), fact, expected))
    return found


ALIASES = {
    "엔비디아": "NVIDIA",
    "마이크로소프트": "Microsoft",
    "아마존": "Amazon",
    "브로드컴": "브로드콤",
    "메타": "Meta",
    "오라클": "Oracle",
    "인텔": "Intel",
    "알파벳": "Alphabet",
    "삼성전자": "Samsung Electronics",
    "SK하이닉스": "SK hynix",
    "마이크론": "Micron",
    "퀄컴": "Qualcomm",
    "마벨": "Marvell",
    "애플": "Apple",
    "테슬라": "Tesla",
    "소프트뱅크": "SoftBank",
}


def aliases(base: Base) -> list[Edit]:
    """A name in a table's first column becomes another name of the same."""
    found = []
    for name, alias in ALIASES.items():
        for match in re.finditer(rf"^\| ({name}) \|", base.text, re.M):
            found.append(Edit("alias", match.start(1), match.end(1), alias))
    return found


def spaces(base: Base) -> list[Edit]:
    """Blanks are doubled beside the bars of a table and added at the ends of lines."""
    found = [
        Edit("space", m.start(), m.end(), " |  ") for m in re.finditer(r" \| (?=\S)", base.text)
    ]
    found += [Edit("space", m.end(), m.end(), "  ") for m in re.finditer(r"다\.(?=\n)", base.text)]
    return found


def moves(base: Base) -> list[Edit]:
    """A paragraph of the appendix changes places with the one behind it."""
    found = []
    for one, two in zip(PLANS[::2], PLANS[1::2], strict=True):
        start = base.text.index(one[0])
        both = f"{one[0]}\n\n{two[0]}"
        found.append(Edit("move", start, start + len(both), f"{two[0]}\n\n{one[0]}"))
    return found


def drawn(chance: random.Random, pools: Sequence[Sequence[Edit]], count: int) -> list[Edit]:
    """Draw edits that do not meet, from all pools alike; fewer where there are no more."""
    shuffled = [chance.sample(pool, len(pool)) for pool in pools]
    queue = [edit for several in zip_longest(*shuffled) for edit in several if edit is not None]
    picked: list[Edit] = []
    for edit in queue:
        apart = all(edit.end < e.start or e.end < edit.start for e in picked)
        fresh = edit.told is None or all(
            e.told is None or e.told[1:] != edit.told[1:] for e in picked
        )
        if apart and fresh and len(picked) < count:
            picked.append(edit)
    return sorted(picked, key=lambda e: e.start)


def edited(text: str, edits: Sequence[Edit]) -> str:
    for edit in reversed(edits):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def test_each_edit_is_told_as_what_it_is(base: Base, tmp_path: Path) -> None:
    pools = [kind(base) for kind in (values, removals, additions, facts, aliases, spaces, moves)]
    assert all(len(pool) >= EDITS for pool in pools), [len(pool) for pool in pools]
    drawn_of: Counter[str] = Counter()
    missed: list[tuple[str, object]] = []
    invented: list[object] = []
    for batch in range(BATCHES):
        edits = drawn(random.Random(batch), pools, EDITS)
        after = _extracted(edited(base.text, edits), tmp_path)
        found = told(diff(base.claims, after.claims, editions=True))
        missed += [(e.name, e.told) for e in edits if e.told and e.told not in found]
        touched = {e.told[1] for e in edits if e.told} | {s for e in edits for s in e.touched}
        invented += [change for change in found if change[1] not in touched]
        drawn_of.update(e.name for e in edits)
    assert drawn_of.total() == BATCHES * EDITS == 200
    assert len(drawn_of) == len(pools)
    assert min(drawn_of.values()) >= EDITS, drawn_of
    assert missed == []
    assert invented == []


@pytest.mark.parametrize("pool", [aliases, spaces, moves])
def test_edits_without_meaning_are_not_told(base: Base, tmp_path: Path, pool: object) -> None:
    edits = pool(base)  # type: ignore[operator]  # a table of functions
    some = drawn(random.Random(1), [edits], EDITS)
    assert len(some) == EDITS
    after = _extracted(edited(base.text, some), tmp_path)
    assert told(diff(base.claims, after.claims, editions=True)) == set()
    assert told(diff(base.claims, after.claims)) == set()


def test_editions_in_the_same_words_differ_in_nothing(base: Base, tmp_path: Path) -> None:
    after = _extracted(base.text, tmp_path)
    assert told(diff(base.claims, after.claims, editions=True)) == set()
