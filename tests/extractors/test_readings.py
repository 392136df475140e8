"""What sentences say by themselves: each is read with its own names and morphemes."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from corpus.datelines import Datelines
from corpus.readers import read
from corpus.sentences import sentences
from extractors.context.scene import Named
from extractors.readings import Reading, readings
from kg.claim import Entity
from kg.search.analyzer import Morpheme, morphemes, morphemes_of_all

MANY = 40
"""More sentences than are parsed at once."""


def _readings(tmp_path: Path, text: str, found: list[Named]) -> tuple[list[str], list[Reading]]:
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    report = read(path, date=date(2031, 3, 3))
    said = list(sentences(report))
    texts = [sentence.clean.text for sentence in said]
    telling = [(sentence, found) for sentence in said]
    return texts, list(readings(telling, Datelines(report), morphemes_of_all(texts)))


def test_each_sentence_has_its_own_reading(tmp_path: Path) -> None:
    text = "\n\n".join(f"가온은 2031년 4월에 칩 {n}만 개를 샀다." for n in range(1, MANY + 1))
    texts, found = _readings(tmp_path, text, [])
    assert [[v.value.text for v in it.values] for it in found] == [
        [f"{n}만 개"] for n in range(1, MANY + 1)
    ]
    assert {tuple(p.value for p in it.periods) for it in found} == {("2031-04",)}
    assert [it.tokens for it in found] == [morphemes(text) for text in texts]
    assert {it.parsed.clauses[-1].lemma for it in found} == {"사"}


def test_sentences_are_parsed_before_all_are_analysed(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("\n\n".join(["가온은 칩을 샀다."] * MANY), encoding="utf-8")
    report = read(path, date=date(2031, 3, 3))
    telling = [(sentence, list[Named]()) for sentence in sentences(report)]
    analysed: list[int] = []

    def analysing() -> Iterator[tuple[Morpheme, ...]]:
        for number, (sentence, _) in enumerate(telling):
            analysed.append(number)
            yield morphemes(sentence.clean.text)

    next(readings(telling, Datelines(report), analysing()))
    assert len(analysed) < MANY


def test_numbers_of_names_and_what_a_growth_is_measured_against_are_left_out(
    tmp_path: Path,
) -> None:
    model = Entity("x_m", "Model", "가온 5")
    _, (only,) = _readings(tmp_path, "가온 5 매출은 2030년 대비 7% 늘었다.", [(model, 0, 4)])
    assert [v.value.text for v in only.values] == ["7%"]
    assert not only.periods
