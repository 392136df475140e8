"""Relations by example: what the weights say of sentences that are in no passage."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
import yaml

import extractors.pairs
from extractors.context.scene import Draft, Scene
from extractors.discourse.notes import note
from extractors.errors import ExtractionError
from extractors.pairs.bars import is_barred
from extractors.pairs.candidates import carried, named, quantities
from extractors.pairs.contest import Likely, is_open, uncontested
from extractors.pairs.features import Party, View, kinds
from extractors.pairs.figures import give_figures
from extractors.pairs.match import match_pairs
from extractors.pairs.model import EXTRACTOR, PairModel, load_model
from extractors.pairs.passages import load_passages, read_passage
from extractors.prose import drafts
from extractors.weights import WeightTable
from kg.claim import Entity

PASSAGES = Path(__file__).parents[1] / "eval" / "passages"
WEIGHTS = Path(extractors.pairs.__file__).with_name("weights.json")


def _scenes(tmp_path: Path, marked: str) -> list[Scene]:
    """Return the scenes of marked sentences, what each leaves for the next remembered."""
    path = tmp_path / "passage.txt"
    path.write_text(marked, encoding="utf-8")
    return [scene for passage in load_passages(path) for scene in _of_passage(passage)]


def _of_passage(passage: list) -> list[Scene]:
    scenes = []
    for _, scene in read_passage(passage):
        for draft in drafts(scene, learned=False):
            note(scene.discourse, draft)
        scenes.append(scene)
    return scenes


def _likeliest(
    scene: Scene, subject: str, target: str, task: str = "relations"
) -> tuple[str, float]:
    parties = {p.entity.label: p for p in (*named(scene), *carried(scene), *quantities(scene))}
    a, b = parties[subject], parties[target]
    model = load_model(task)
    assert kinds(a, b) in model.kinds
    (judged,) = model.judge(View(scene), [(a, b)])
    return judged


@pytest.mark.parametrize(
    ("marked", "subject", "predicate", "target"),
    [
        (
            "[m:해밀 7B|Model]의 학습에는 [c:H200|Chip] 320장이 쓰였다.",
            "해밀 7B",
            "trainedOn",
            "H200",
        ),
        (
            "[a:산들AI|Company]의 [m:산들 2|Model]를 쓰는 병원이 늘었다.",
            "산들AI",
            "develops",
            "산들 2",
        ),
        (
            "[a:한결소프트|Company] [p:남윤서|Person] 최고기술책임자가 무대에 올랐다.",
            "남윤서",
            "worksFor",
            "한결소프트",
        ),
        (
            "[m:산들 2|Model]는 [b:KoMath|Benchmark]에서 71.2점을 얻었다.",
            "산들 2",
            "scores",
            "KoMath",
        ),
    ],
)
def test_what_is_related(
    tmp_path: Path, marked: str, subject: str, predicate: str, target: str
) -> None:
    (scene,) = _scenes(tmp_path, marked)
    label, odds = _likeliest(scene, subject, target)
    assert label == predicate
    assert load_model("relations").holds(label, odds, carried=False)


@pytest.mark.parametrize(
    ("marked", "subject", "target"),
    [
        (
            "[a:누리텍|Company]과 [b:새봄전자|Company]는 같은 날 실적을 발표했다.",
            "누리텍",
            "새봄전자",
        ),
        ("[a:누리텍|Company] 주가는 [b:미국|Place] 금리 소식에 흔들렸다.", "누리텍", "미국"),
        (
            "[a:누리텍|Company] 관계자는 [c:H200|Chip] 값이 내릴지 지켜본다고 했다.",
            "누리텍",
            "H200",
        ),
    ],
)
def test_what_is_not_related(tmp_path: Path, marked: str, subject: str, target: str) -> None:
    (scene,) = _scenes(tmp_path, marked)
    label, odds = _likeliest(scene, subject, target)
    assert not load_model("relations").holds(label, odds, carried=False)


def test_a_quantity_goes_to_the_firm_told_of_before(tmp_path: Path) -> None:
    _, second = _scenes(
        tmp_path,
        "[a:도담랩스|Company]는 3분기에 흑자를 냈다.\n4분기 매출은 420억 원으로 예상된다.",
    )
    label, odds = _likeliest(second, "도담랩스", "420억 원", "quantities")
    assert label == "hasMetric"
    assert load_model("quantities").holds(label, odds, carried=True)


def test_what_the_rules_told_is_not_told_again(tmp_path: Path) -> None:
    (scene,) = _scenes(tmp_path, "[a:산들AI|Company]의 [m:산들 2|Model]를 쓰는 병원이 늘었다.")
    found = match_pairs(scene, [])
    assert [(d.subject.label, d.predicate, d.extractor) for d in found if d.object] == [
        ("산들AI", "develops", EXTRACTOR)
    ]
    assert not [d for d in match_pairs(scene, found) if d.object]


def test_the_only_sum_is_that_of_the_only_deal(tmp_path: Path) -> None:
    (scene,) = _scenes(tmp_path, "[a:가온|Company], [b:나래|Company] 인수 완료… 32억 달러")
    a, b = (n[0] for n in scene.names)
    deal = Draft(a, "acquires", b, None, 0, len(scene.text))
    match_pairs(scene, [deal])
    assert deal.value is not None
    assert deal.value.text == "32억 달러"


def test_a_hopeless_pair_costs_no_features(tmp_path, monkeypatch) -> None:
    table = WeightTable({"bias": {"0": -9.0}}, 1)
    model = PairModel(("uses",), {"uses": 0.5}, {"uses": 0.6}, table, frozenset(), (-5.0, -4.0))
    monkeypatch.delattr("extractors.pairs.model.own")
    (scene,) = _scenes(tmp_path, "[a:가온|Company]이 [b:나래|Company]를 만났다")
    a, b = named(scene)
    assert model.judge(View(scene), [(a, b)]) == [("uses", 0.0)]


def test_the_weights_are_those_of_the_passages() -> None:
    """Passages that change need ``python tests/bench/fit_pairs.py --write``."""
    content = b"".join(path.read_bytes() for path in sorted(PASSAGES.glob("*.txt")))
    kept = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    assert kept["passages"] == hashlib.sha256(content).hexdigest()[:16]
    for task in ("relations", "quantities"):
        held = kept[task]["held_out"]
        assert held["recall"] > 1.25 * held["recall_ruled"]
        assert held["precision_added"] > 0.8


def _plain(text: str | None) -> str:
    return "".join((text or "").split())


@pytest.mark.parametrize("path", sorted(PASSAGES.glob("*.txt")), ids=lambda p: p.stem)
def test_every_passage_reads(path: Path) -> None:
    passages = list(load_passages(path))
    assert len(passages) > 200
    for passage in passages:
        for marked in passage:
            assert all(marked.text[s:e] for _, s, e in marked.names)
            assert all(_plain(t.value) in _plain(marked.text) for t in marked.told), marked.text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[a:가온|Company]은 [b]를 냈다.\n> a develops b", "no name 'b'"),
        ("[a:가온|Company]은 쉰다.\n> a ~ b", "is no relation"),
        ("[a:가온]은 쉰다.", "no name 'a'"),
    ],
)
def test_a_bad_passage_says_where(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ExtractionError, match=r"bad\.txt:"):
        list(load_passages(path))
    with pytest.raises(ExtractionError, match=told):
        list(load_passages(path))


def _likely(first: str, second: str, odds: float, absent: str = "") -> Likely:
    return Likely(first, second, "partnersWith", odds, absent)


def test_who_is_carried_gives_way_to_who_stands_there() -> None:
    here, brought = _likely("다솜", "라온", 0.7), _likely("가온", "라온", 0.9, "가온")
    assert uncontested([brought, here], []) == [here]
    assert uncontested([brought], [("다솜", "라온", "partnersWith")]) == []
    assert uncontested([brought], [("다솜", "라온", "supplies")]) == [brought]


def test_of_several_carried_only_the_likeliest_stays() -> None:
    one, other = _likely("가온", "라온", 0.8, "가온"), _likely("나래", "라온", 0.9, "나래")
    assert uncontested([one, other], []) == [other]


def test_who_is_carried_is_no_partner_where_another_is_the_subject(tmp_path: Path) -> None:
    path = tmp_path / "passage.txt"
    path.write_text(
        "[a:가온|Company]은 흑자를 냈다.\n[b:다솜|Company]은 [c:라온|Company]과 손잡았다.",
        encoding="utf-8",
    )
    (passage,) = load_passages(path)
    _, (_, second) = read_passage(passage)
    parties = {p.entity.label: p for p in named(second)}
    ahead = Party(Entity("가온", "Company", "가온"), -1, -1, "topic+org")
    assert not is_open(View(second), ahead, parties["라온"])
    assert is_open(View(second), parties["다솜"], parties["라온"])


def test_a_figure_of_the_rules_goes_to_whom_the_examples_give_it(tmp_path: Path) -> None:
    (scene,) = _scenes(
        tmp_path,
        "[t:D램|Technology]과 달리 [m:낸드|Technology] 가격은 3분기에 12% 내렸다.",
    )
    wrong, right = (n[0] for n in scene.names)
    parties = named(scene)
    clause = scene.parsed.clauses[-1]
    figure = Draft(wrong, "hasMetric", None, scene.values[0].value, 0, len(scene.text), clause)
    figure.qualifiers["metric"] = "가격 하락률"
    give_figures(View(scene), parties, [figure])
    assert figure.subject == right


_BARS = yaml.safe_load((WEIGHTS.parent / "bars.yaml").read_text(encoding="utf-8"))["examples"]


@pytest.mark.parametrize("example", _BARS, ids=lambda example: example["not"])
def test_words_around_two_names_bar_a_relation(tmp_path: Path, example: dict[str, str]) -> None:
    (scene,) = _scenes(tmp_path, example["text"])
    marks = re.findall(r"\[(\w+):([^|\]]+)\|", example["text"])
    labels = dict(marks)
    first, predicate, second = example["not"].split()
    parties = {p.entity.label: p for p in named(scene)}
    assert is_barred(scene, parties[labels[first]], predicate, parties[labels[second]])
