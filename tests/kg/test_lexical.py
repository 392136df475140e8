"""The lexical index: what it finds, and what it shares with the one before it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.search import lexical
from kg.search.lexical import Entry, LexicalIndex


def entry(ordinal: int, report: str, words: str, *entities: str) -> Entry:
    return Entry(ordinal, report, words, tuple(words.split()), entities)


FIRST = [
    entry(0, "w1", "브로드컴 구글 칩 공동 개발", "broadcom", "google"),
    entry(1, "w1", "엔비디아 칩 출하 증가", "nvidia", "nvidia"),
    entry(2, "w1", "반도체 시장 전망"),
]
SECOND = [
    entry(3, "w2", "엔비디아 루빈 출시", "nvidia"),
    entry(4, "w2", "칩 가격 인상"),
]


@pytest.fixture
def first(tmp_path: Path) -> Path:
    lexical.create(tmp_path / "first", FIRST)
    return tmp_path / "first"


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        path.name: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.iterdir()
        if path.suffix != ".lock"
    }


def test_finds_terms(first: Path) -> None:
    index = LexicalIndex(first)
    assert len(index) == 3
    assert set(index.best("morphemes", ["칩"], 10).best) == {0, 1}
    assert list(index.best("morphemes", ["칩", "엔비디아"], 1).best) == [1]
    assert set(index.best("bigrams", ["반도"], 10).best) == {2}
    assert set(index.best("entities", ["nvidia"], 10).best) == {1}
    assert index.best("morphemes", ["없는말"], 10).best == {}
    assert index.best("morphemes", [], 10).best == {}


def test_syntax_of_query_parsers_is_plain_text(first: Path) -> None:
    index = LexicalIndex(first)
    for term in ('"', "칩 OR 시장", "morphemes:칩", "*", "(", "칩~2", "\\"):
        assert index.best("morphemes", [term], 10).best == {}


def test_scores_are_those_of_best(first: Path) -> None:
    index = LexicalIndex(first)
    best = index.best("morphemes", ["칩", "칩", "엔비디아"], 10).best
    assert index.scores("morphemes", ["칩", "칩", "엔비디아"], [0, 1, 2]) == pytest.approx(best)
    assert index.scores("morphemes", ["칩"], [0, 2]).keys() == {0}


def test_extend_shares_files_and_leaves_the_previous_alone(first: Path, tmp_path: Path) -> None:
    before = snapshot(first)
    lexical.extend(tmp_path / "second", first, SECOND)
    assert snapshot(first) == before
    assert len(LexicalIndex(first)) == 3
    index = LexicalIndex(tmp_path / "second")
    assert len(index) == 5
    assert set(index.best("morphemes", ["칩"], 10).best) == {0, 1, 4}
    shared = {p.stat().st_ino for p in first.iterdir()}
    shared &= {p.stat().st_ino for p in (tmp_path / "second").iterdir()}
    assert len(shared) >= 5


def test_many_generations_merge_and_leave_every_older_one_alone(tmp_path: Path) -> None:
    lexical.create(tmp_path / "0", [entry(0, "w", "칩 영")])
    snapshots = [snapshot(tmp_path / "0")]
    for number in range(1, 20):
        target = tmp_path / str(number)
        lexical.extend(target, tmp_path / str(number - 1), [entry(number, "w", f"칩 수{number}")])
        snapshots.append(snapshot(target))
    assert [snapshot(tmp_path / str(number)) for number in range(20)] == snapshots
    for number in range(20):
        found = LexicalIndex(tmp_path / str(number)).best("morphemes", ["칩"], 100).best
        assert set(found) == set(range(number + 1))


def test_rebuilt_statistics_are_those_of_an_index_never_told(first: Path, tmp_path: Path) -> None:
    lexical.extend(tmp_path / "second", first, SECOND)
    before = snapshot(tmp_path / "second")
    lexical.rebuild(tmp_path / "third", tmp_path / "second", {3: 0, 4: 1}, [])
    assert snapshot(tmp_path / "second") == before
    lexical.create(
        tmp_path / "fresh",
        [entry(0, "w2", SECOND[0].text, "nvidia"), entry(1, "w2", SECOND[1].text)],
    )
    third, fresh = LexicalIndex(tmp_path / "third"), LexicalIndex(tmp_path / "fresh")
    for field, terms in (
        ("morphemes", ["칩", "루빈"]),
        ("bigrams", ["엔비", "가격"]),
        ("entities", ["nvidia"]),
    ):
        assert third.best(field, terms, 9).best == fresh.best(field, terms, 9).best
        assert third.best(field, terms, 9).best


def test_entries_come_back_whole(first: Path) -> None:
    assert sorted(LexicalIndex(first).entries(), key=lambda e: e.ordinal) == FIRST


def test_ties_at_the_limit_all_come(tmp_path: Path) -> None:
    lexical.create(
        tmp_path / "i", [entry(n, "w", "칩 가격") for n in range(40)] + [entry(40, "w", "칩 칩 칩")]
    )
    index = LexicalIndex(tmp_path / "i")
    assert list(index.best("morphemes", ["칩"], 1).best) == [40]
    assert len(index.best("morphemes", ["칩"], 5).best) == 41


def test_reports_restrict(first: Path, tmp_path: Path) -> None:
    lexical.extend(tmp_path / "second", first, SECOND)
    index = LexicalIndex(tmp_path / "second")
    everywhere = index.best("morphemes", ["칩"], 10).best
    assert index.best("morphemes", ["칩"], 10, {"w2"}).best == {4: pytest.approx(everywhere[4])}
    assert index.best("morphemes", ["칩"], 10, set()).best == {}


def test_what_was_seen_beside_the_best_has_its_scores_too(tmp_path: Path) -> None:
    entries = [entry(n, "w", "칩 " * (1 + n % 7) + f"가격 낱말{n}") for n in range(700)]
    lexical.create(tmp_path / "i", entries)
    index = LexicalIndex(tmp_path / "i")
    few = index.best("morphemes", ["낱말3", "낱말9"], 5)
    assert few.whole
    assert few.seen == few.best == index.scores("morphemes", ["낱말3", "낱말9"], range(700))
    many = index.best("morphemes", ["칩", "낱말6"], 1)
    assert list(many.best) == [6]
    assert not many.whole
    assert 500 < len(many.seen) < 700
    assert many.seen == index.scores("morphemes", ["칩", "낱말6"], sorted(many.seen))
