"""The whole search: fusion, filters, exact replacement, order independence, bad input."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.report import Passage, Report, Span
from kg.claim import Extraction, Mention
from kg.errors import EmbedderMismatch, GraphError, WorkspaceError
from kg.search import lexical
from kg.search import writer as writing
from kg.search.analyzer import morphemes, terms
from kg.search.hybrid import Hit, SearchIndex, standardised
from kg.search.writer import SearchIndexWriter

Pair = tuple[Report, Extraction]

NAMES = {"엔비디아": "nvidia", "브로드컴": "broadcom", "구글": "google", "하이닉스": "hynix"}


def pair(name: str, *texts: str, analysed: bool = True) -> Pair:
    """Make a report of these passages, with the names of NAMES as mentions."""
    passages, mentions, bags, start = [], [], {}, 0
    for number, text in enumerate(texts):
        passage = Passage(f"{name}#{number}", (), "prose", Span(start, start + len(text)))
        for label, entity in NAMES.items():
            if (place := text.find(label)) >= 0:
                mentions.append(Mention(entity, start + place, start + place + len(label)))
        bags[passage.id] = terms(morphemes(text), text)
        passages.append(passage)
        start += len(text) + 1
    report = Report(
        name, name, None, (), dt.date(2025, 1, 6), "", "txt", name, "\n".join(texts), (), (), tuple(passages)
    )  # fmt: skip
    return report, Extraction(name, (), tuple(mentions), (), bags if analysed else {})


W1 = pair(
    "w1",
    "브로드컴은 구글과 함께 차세대 TPU 칩을 개발하고 있다.",
    "엔비디아의 가속기 출하량이 2분기에 크게 늘었다.",
    "메모리 반도체 가격이 석 달째 오르고 있다.",
    "유럽 음악 시장에서는 공연 매출이 회복되었다.",
)
W2 = pair(
    "w2",
    "엔비디아는 신형 가속기 HBM4 탑재 일정을 앞당겼다.",
    "하이닉스가 HBM4 12단 표본을 고객사에 보냈다.",
    "전력 부족으로 데이터 센터 착공이 늦어졌다.",
)
W3 = pair(
    "w3", "구글이 소형 원자로 전력을 사기로 했다.", "메모리 반도체 가격이 석 달째 오르고 있다."
)
QUERIES = ("엔비디아 가속기 출하", "HBM4 12단", "메모리 값 상승", "전력", "구글 칩 개발", "GPT-4o")


def build(folder: Path, *steps: tuple[Sequence[Pair], Sequence[str]]) -> SearchIndex:
    previous = None
    for number, (added, removed) in enumerate(steps):
        target = folder / f"g{number}"
        SearchIndexWriter().write(target, previous, added, removed)
        previous = target
    assert previous is not None
    return SearchIndex.open(previous)


def test_the_best_of_many_that_tie_are_those_of_the_whole_list(tmp_path: Path) -> None:
    """However few are wanted: passages that tie come by their ids."""
    same = ["메모리 반도체 가격이 올랐다."] * 70
    index = build(tmp_path, ([pair("w5", *same, "메모리 값이 오른 까닭은 수요다."), W1], []))
    for query in ("메모리 반도체 가격", "메모리 수요", "구글 칩"):
        few, many = index.search(query, 4), index.search(query, 25)
        assert few == many[:4]
        assert many == sorted(many, key=lambda hit: (-hit.score, hit.passage))


def test_how_many_hits_are_taken_at_once_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [
        f"메모리 반도체 {n}번 소식: 엔비디아 가속기 {n % 5}종과 전력 {n % 3}건" for n in range(160)
    ]
    index = build(tmp_path, ([pair("w4", *texts), W1], []))
    queries = ("엔비디아 가속기 3종", "전력 2건 소식", "메모리 7번", "구글 칩 개발")
    taken = [index.search(query, entities=["nvidia"]) for query in queries]
    monkeypatch.setattr(lexical, "_AT_ONCE", 1)
    assert [index.search(query, entities=["nvidia"]) for query in queries] == taken


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    return build(tmp_path_factory.mktemp("index"), ([W1, W2, W3], []))


def ids(hits: Sequence[Hit]) -> list[str]:
    return [hit.passage for hit in hits]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("엔비디아 가속기 출하량은 얼마나 늘었나?", "w1#1"),
        ("HBM4 12단 표본", "w2#1"),
        ("구글과 TPU를 개발하는 회사는?", "w1#0"),
        ("데이터센터 착공 지연", "w2#2"),
        ("tpu", "w1#0"),
    ],
)
def test_the_best_hit(index: SearchIndex, query: str, expected: str) -> None:
    hit = index.search(query)[0]
    assert hit.passage == expected
    assert hit.report == expected.split("#", maxsplit=1)[0]
    assert hit.rank == 1
    assert max(hit.morphemes, hit.bigrams) > 0


def test_a_paraphrase_without_a_common_word_is_found_by_its_vector(index: SearchIndex) -> None:
    hits = index.search("콘서트 수익", k=3)
    assert "w1#3" in ids(hits)
    hit = next(hit for hit in hits if hit.passage == "w1#3")
    assert (hit.morphemes, hit.bigrams) == (0, 0)
    assert hit.dense > 0.1


def test_hits_are_ranked_and_at_most_k(index: SearchIndex) -> None:
    hits = index.search("엔비디아 가속기", k=3)
    assert len(hits) == 3
    assert [hit.rank for hit in hits] == [1, 2, 3]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len(index) == 9
    assert len(index.search("엔비디아 가속기", k=100)) <= 9


def test_equal_passages_are_ordered_by_id(index: SearchIndex) -> None:
    first, second = index.search("메모리 반도체 가격", k=2)
    assert (first.passage, second.passage) == ("w1#2", "w3#1")
    assert first.score == second.score


def test_reports_restrict(index: SearchIndex) -> None:
    assert set(ids(index.search("엔비디아 가속기", reports=["w2"]))) <= {"w2#0", "w2#1", "w2#2"}
    assert index.search("엔비디아 가속기", reports=["w2"])[0].passage == "w2#0"
    assert index.search("엔비디아 가속기", reports=[]) == []
    assert index.search("엔비디아 가속기", reports=["없는 보고서"]) == []


def test_mentioned_entities_raise_a_passage_written_in_other_words(index: SearchIndex) -> None:
    """'Broadcom' is nowhere in the text; its entity is."""
    hit = index.search("Broadcom", entities=["broadcom"])[0]
    assert hit.passage == "w1#0"
    assert hit.entities > 0
    assert hit.morphemes == 0
    assert ids(index.search("", entities=["hynix"]))[0] == "w2#1"


def test_terms_given_replace_analysis(index: SearchIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    query = "HBM4 12단 표본"
    expected = index.search(query)
    analysed = terms(morphemes(query), query)
    monkeypatch.setattr("kg.search.hybrid.morphemes", None)
    assert index.search(query, terms=analysed) == expected


@pytest.mark.parametrize(
    "query", ["", " \n\t", "은 는 이 가", "을 를", "🚀🔥", "?!…", "ㅋ", "\x00", "‍", "\ud800"]
)
def test_queries_without_a_word_find_nothing(index: SearchIndex, query: str) -> None:
    assert index.search(query) == []


def test_a_very_long_query(index: SearchIndex) -> None:
    assert index.search("엔비디아 가속기 출하량 " * 800)[0].passage == "w1#1"
    assert index.search("가" * 10_000) == index.search("가" * 10_000)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(query=st.text(max_size=30))
def test_no_query_breaks_the_search(index: SearchIndex, query: str) -> None:
    hits = index.search(query, k=2)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))


def test_k_must_be_positive(index: SearchIndex) -> None:
    with pytest.raises(GraphError, match="cannot return 0 hits"):
        index.search("칩", k=0)


def test_the_order_of_ingests_does_not_matter(tmp_path: Path) -> None:
    results = []
    for number, order in enumerate(itertools.permutations([W1, W2, W3])):
        steps = [([one], []) for one in order] if number % 2 else [(list(order), [])]
        index = build(tmp_path / str(number), *steps)
        results.append([index.search(query) for query in QUERIES])
    assert all(result == results[0] for result in results)
    assert all(results[0][:5])


def test_removal_leaves_what_would_have_been_without(tmp_path: Path) -> None:
    told = build(tmp_path / "told", ([W1, W2], []), ([W3], []), ([], ["w2"]))
    never = build(tmp_path / "never", ([W1, W3], []))
    assert len(told) == len(never) == 6
    for query in QUERIES:
        assert told.search(query) == never.search(query)
    words = (tmp_path / "told" / "g2" / "vocabulary.txt").read_text(encoding="utf-8").split()
    assert "전력" in words
    assert "착공" not in words


def test_a_corrected_edition_replaces(tmp_path: Path) -> None:
    corrected = pair("w2", "하이닉스가 HBM4 16단 표본을 고객사에 보냈다.")
    replaced = build(tmp_path / "a", ([W1, W2], []), ([corrected], ["w2"]))
    implied = build(tmp_path / "b", ([W1, W2], []), ([corrected], []))
    fresh = build(tmp_path / "c", ([corrected, W1], []))
    for query in (*QUERIES, "16단"):
        assert replaced.search(query) == implied.search(query) == fresh.search(query)
    assert replaced.search("HBM4")[0].passage == "w2#0"


def test_an_emptied_index(tmp_path: Path) -> None:
    index = build(tmp_path, ([W1], []), ([], ["w1"]), ([], ["unknown"]))
    assert len(index) == 0
    assert index.search("엔비디아") == []
    again = build(tmp_path / "again", ([], []), ([W1], []))
    assert again.search("TPU")[0].passage == "w1#0"


def test_older_generations_stay_as_they_were(tmp_path: Path) -> None:
    first = tmp_path / "g0"
    SearchIndexWriter().write(first, None, [W1], [])
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in first.rglob("*") if p.is_file()}
    opened = SearchIndex.open(first)
    expected = opened.search("엔비디아")
    SearchIndexWriter().write(tmp_path / "g1", first, [W2], [])
    SearchIndexWriter().write(tmp_path / "g2", tmp_path / "g1", [W3], ["w1"])
    after = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in first.rglob("*") if p.is_file()}
    assert after == before
    assert opened.search("엔비디아") == expected == SearchIndex.open(first).search("엔비디아")


def test_terms_of_the_extraction_are_used_and_analysed_where_absent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ("브로드컴은 칩을 개발한다.", "서버 투자가 늘었다.")
    without = build(tmp_path / "without", ([pair("w", *texts, analysed=False)], []))
    monkeypatch.setattr(writing, "morphemes_of_all", None)
    given_terms = build(tmp_path / "given", ([pair("w", *texts)], []))
    for query in ("칩 개발", "서버 투자"):
        assert given_terms.search(query) == without.search(query)


class Letters:
    """An embedder for tests: counts of some syllables."""

    def __init__(self, name: str = "letters", syllables: str = "반도체전력음악가격") -> None:
        self.name = name
        self._syllables = syllables

    @property
    def dimension(self) -> int:
        return len(self._syllables)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        rows = np.array([[text.count(s) for s in self._syllables] for text in texts], np.float32)
        rows = rows.reshape(len(texts), self.dimension)
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "embedder", Letters)


@pytest.mark.usefixtures("letters")
def test_any_embedder_will_do(tmp_path: Path) -> None:
    writer = SearchIndexWriter("letters")
    assert writer.embedder == "letters"
    writer.write(tmp_path / "0", None, [W1, W2], [])
    writer.write(tmp_path / "1", tmp_path / "0", [W3], ["w1"])
    index = SearchIndex.open(tmp_path / "1", Letters())
    assert index.embedder == "letters"
    hit = index.search("전력")[0]
    assert hit.passage in {"w2#2", "w3#0"}
    assert hit.dense > 0.5


@pytest.mark.usefixtures("letters")
def test_another_embedder_is_refused(tmp_path: Path) -> None:
    SearchIndexWriter("letters").write(tmp_path / "0", None, [W1], [])
    with pytest.raises(EmbedderMismatch, match=r"'other'.*made with 'letters'"):
        SearchIndex.open(tmp_path / "0", Letters("other"))
    with pytest.raises(EmbedderMismatch, match="made with 'letters'"):
        SearchIndexWriter("other").write(tmp_path / "1", tmp_path / "0", [W2], [])
    with pytest.raises(EmbedderMismatch, match="4 dimensions, the index has 9"):
        SearchIndex.open(tmp_path / "0", Letters(syllables="반도체전")).search("반도체")
    assert not (tmp_path / "1").exists()


def test_another_version_of_kiwi_is_refused(tmp_path: Path) -> None:
    SearchIndexWriter().write(tmp_path / "0", None, [W1], [])
    path = tmp_path / "0" / "catalogue.json"
    stored = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(stored | {"version": "0.1"}), encoding="utf-8")
    with pytest.raises(EmbedderMismatch, match=r"version 0\.1"):
        SearchIndex.open(tmp_path / "0")


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"format": 99}', None])
def test_a_damaged_catalogue_is_one_line(tmp_path: Path, content: str | None) -> None:
    SearchIndexWriter().write(tmp_path / "0", None, [W1], [])
    path = tmp_path / "0" / "catalogue.json"
    path.unlink()
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(WorkspaceError, match=r"catalogue\.json") as caught:
        SearchIndex.open(tmp_path / "0")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["vectors.faiss", "words.npy", "lexical"])
def test_damaged_files_are_one_line(tmp_path: Path, name: str) -> None:
    SearchIndexWriter().write(tmp_path / "0", None, [W1], [])
    path = tmp_path / "0" / name
    (path / "meta.json" if path.is_dir() else path).write_bytes(b"rubbish")
    with pytest.raises(WorkspaceError) as caught:
        SearchIndex.open(tmp_path / "0").search("칩")
    assert "\n" not in str(caught.value)


def test_standardised() -> None:
    found = standardised(np.array([1, 2, 3], np.float32))
    assert found.mean() == pytest.approx(0, abs=1e-6)
    assert found.std() == pytest.approx(1, abs=1e-6)
    assert not standardised(np.array([2, 2], np.float32)).any()
    assert len(standardised(np.zeros(0, np.float32))) == 0


def test_rows_are_standardised_each_for_itself() -> None:
    rows = np.array([[1, 2, 3], [2, 2, 2], [30, 10, 20]], np.float32)
    alone = [standardised(row).tolist() for row in rows]
    assert standardised(rows).tolist() == alone
    assert alone[1] == [0, 0, 0]
    assert standardised(np.zeros((3, 0), np.float32)).shape == (3, 0)
