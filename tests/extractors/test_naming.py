"""Names by example: candidates, what they look like, and what the weights make of them."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from extractors.lexicon.name_index import NameIndex
from extractors.lexicon.store import load_lexicon
from extractors.names.names import Names
from extractors.names.naming.candidates import candidates, stems, words_of
from extractors.names.naming.features import looks
from extractors.names.naming.finder import FILE, NO_NAMES, NameFinder, load_names

PASSAGES = Path(__file__).parents[1] / "eval" / "passages"


def offered(text: str) -> set[str]:
    return {it.name for it in candidates(text, words_of(text), (), ())}


def found(*texts: str) -> dict[str, str]:
    names = Names(load_lexicon(), texts)
    return {entity.label: entity.cls for text in texts for entity, _, _ in names.find(text)}


@pytest.mark.parametrize(
    ("word", "parted"),
    [
        ("두루소닉은", [("두루소닉", "은")]),
        ("두루소니는", [("두루소니", "는")]),
        ("두루소닉는", [("두루소닉는", "")]),
        ("두루소니로", [("두루소니", "로"), ("두루소니로", "")]),
        ("두루소닉", [("두루소닉", "")]),
    ],
)
def test_a_particle_must_fit_the_sound_before_it(word: str, parted: list[tuple[str, str]]) -> None:
    assert list(stems(word)) == parted


def test_words_runs_and_quotes_are_candidates() -> None:
    assert {"두루소닉", "Tamber Forge 2"} <= offered("두루소닉이 Tamber Forge 2를 내놨다.")
    assert "두루 윈드밀" in offered("두루 윈드밀은 값을 내렸다.")
    assert "두루 바람 축제" in offered("사람들이 ‘두루 바람 축제’에 모였다.")


def test_sentences_tags_and_notes_are_no_candidates() -> None:
    assert "값이 너무 비싸다" not in offered("그는 “값이 너무 비싸다”고 했다.")
    assert "두루소닉" not in offered("오늘의 말 #두루소닉")
    assert "두루임1" not in offered("값이 오를 두루임1)")


def test_offsets_are_those_of_the_sentence() -> None:
    text = "어제 ‘두루 바람 축제’에서 두루소닉은 Tamber-2를 보였다."
    for it in candidates(text, words_of(text), (), ()):
        assert text[it.start : it.end] == it.name


def test_looks_tell_shape_and_endings() -> None:
    told = looks("두루소닉 X2")
    assert {"sh:가 A9", "lw:x2", "fw:두루소닉"} <= set(told)


@pytest.mark.parametrize(
    ("text", "name", "cls"),
    [
        (
            "핀란드의 보레알릭스는 삼성전자와 손잡고 새 칩을 개발한다고 밝혔다.",
            "보레알릭스",
            "Company",
        ),
        ("이번 투자에는 미르다인파트너와 타보리캐피털이 참여했다.", "타보리캐피털", "Company"),
    ],
)
def test_names_are_told_by_what_stands_beside_them(text: str, name: str, cls: str) -> None:
    assert found(text).get(name) == cls
    assert name not in {
        e.label for e, _, _ in Names(load_lexicon(), [text], model=NO_NAMES).find(text)
    }


@pytest.mark.parametrize(
    "text",
    [
        "이 프레임워크는 개발자가 쉽게 쓰도록 만들었다.",
        "시스템반도체 시장은 내년에 더 커진다.",
        "AI 반도체 수요가 늘었다고 밝혔다.",
        "태그: 두루소닉, 바람개비",
        "구글링만으로는 부족하다고 지적했다.",
    ],
)
def test_common_words_stay_common(text: str) -> None:
    never = {"프레임워크", "시스템반도체", "AI 반도체", "두루소닉", "구글링"}
    assert not never & set(found(text))


def test_a_model_that_has_learned_nothing_finds_nothing() -> None:
    finder = NameFinder(NameIndex(), NO_NAMES)
    finder.read("핀란드의 보레알릭스는 새 칩을 개발한다고 밝혔다.", [])
    assert list(finder.results()) == []


def test_the_dictionary_is_asked_only_where_it_matters() -> None:
    """What is left out for being too unlikely stays so with the most the dictionary can add."""
    model = load_names()
    own = [w for f, w in model.flat.items() if f.startswith(("k0:", "k1:"))]
    assert 0 < max(own) <= model.dictionary


def test_weights_belong_to_the_passages() -> None:
    """``python tests/bench/fit_names.py --write`` after passages change."""
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    content = b"".join(path.read_bytes() for path in sorted(PASSAGES.glob("*.txt")))
    assert kept["passages"] == hashlib.sha256(content).hexdigest()[:16]
    held = kept["held_out"]
    assert held["right"] >= 0.9
    assert held["recall"] > 2 * held["recall_ruled"]


def test_odds_are_the_same_to_the_last_bit_in_every_process() -> None:
    """Sums of floats depend on their order, and sets have another one in each process."""
    script = (
        "from extractors.names.naming.features import looks\n"
        "from extractors.names.naming.finder import load_names\n"
        "model = load_names()\n"
        "for word in '한빛반도체 칼리파지능연구소 미르포토닉스 삼전도비석문화재단 솔브레인홀딩스'.split():\n"
        "    print(repr(model.weigh(looks(word))), repr(model.glimpse(word)), looks(word))\n"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2", "77")
    }
    assert len(told) == 1


def test_what_kind_of_firm_it_is_is_no_part_of_its_name() -> None:
    names = found("팹리스 두루칩스는 삼성전자와 손잡고 새 칩을 개발한다고 밝혔다.")
    assert "팹리스 두루칩스" not in names


def test_a_committee_without_a_name_is_nobody() -> None:
    assert "위원회" not in found("위원회는 삼성전자와 협약을 맺고 위원 9명을 뽑았다.")


def test_a_metric_is_no_name() -> None:
    assert "TDP" not in found("새 칩의 TDP는 1,200W로 엔비디아 B200보다 높고 TDP가 같은 칩은 없다.")
