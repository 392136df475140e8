"""The curated names hold to their schema, and no name means two things unguarded."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

import extractors
from extractors.lexicon.store import load_lexicon
from extractors.names.names import Names
from kg.vocab import CLASSES

LEXICON = Path(extractors.__file__).parent / "lexicon" / "entities"
FILES = sorted(LEXICON.glob("*.yaml"))
KEYS = {
    "id",
    "class",
    "ko",
    "en",
    "aliases",
    "ticker",
    "parent",
    "maker",
    "guard",
    "guarded",
    "label",
    "employer",
}
AT_LEAST = {
    "Company": 400, "Organization": 120, "Person": 100, "Chip": 120, "Model": 120, "Software": 60,
    "Product": 50, "Technology": 80, "Benchmark": 50, "Market": 30, "Event": 25, "Place": 90,
    "Facility": 10, "Policy": 20, "Concept": 15, "Paper": 8,
}  # fmt: skip


def fold(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(ch for ch in folded if not ch.isspace() and ch not in "-‐‑–—")


def read() -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    for path in FILES:
        items += yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return items


ITEMS = read()
BY_ID = {item["id"]: item for item in ITEMS}


def names(item: dict[str, Any]) -> list[str]:
    return [item[k] for k in ("ko", "en") if k in item] + item.get("aliases", [])


def guarded(item: dict[str, Any]) -> set[str]:
    return set(item.get("guarded", names(item))) if "guard" in item else set()


def clashes(items: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Folded names of two entities of which one at least does not guard it."""
    owners: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for item in items:
        covered = {fold(n) for n in guarded(item)}
        for name in {fold(n) for n in names(item)}:
            owners[name].append((item["id"], name in covered))
    return {
        name: [i for i, _ in held]
        for name, held in owners.items()
        if len(held) > 1 and not all(g for _, g in held)
    }


def test_there_are_enough_entities_of_every_class() -> None:
    counts = Counter(item["class"] for item in ITEMS)
    assert len(ITEMS) >= 450
    assert {c: n for c, n in AT_LEAST.items() if counts[c] < n} == {}
    assert set(AT_LEAST) == set(CLASSES)


def test_ids_are_unique_kebab_ascii() -> None:
    assert [i for i, n in Counter(item["id"] for item in ITEMS).items() if n > 1] == []
    assert [i for i in BY_ID if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", i)] == []


def test_every_item_has_known_keys_a_class_and_a_name() -> None:
    for item in ITEMS:
        assert set(item) <= KEYS, item
        assert item["class"] in CLASSES, item
        assert item.get("ko") or item.get("en"), item


def test_every_name_is_clean_text() -> None:
    for item in ITEMS:
        for name in names(item):
            assert isinstance(name, str), item
            assert name == unicodedata.normalize("NFC", name).strip(), item
            assert fold(name), item


def test_no_alias_repeats_another_name_of_its_entity() -> None:
    for item in ITEMS:
        folded = [fold(a) for a in item.get("aliases", [])]
        labels = {fold(item[k]) for k in ("ko", "en") if k in item}
        assert len(set(folded)) == len(folded), item
        assert not labels & set(folded), item


def test_parents_and_makers_exist_and_lead_to_no_circle() -> None:
    for item in ITEMS:
        for key in ("parent", "maker"):
            assert item.get(key, item["id"]) in BY_ID, (item["id"], key, item.get(key))
        seen, at = {item["id"]}, item.get("parent")
        while at:
            assert at not in seen, item["id"]
            seen.add(at)
            at = BY_ID[at].get("parent")


def test_a_maker_can_act() -> None:
    for item in ITEMS:
        if "maker" in item:
            assert BY_ID[item["maker"]]["class"] in {"Company", "Organization"}, item


def test_a_ticker_is_a_bare_symbol_also_found_as_printed() -> None:
    for item in ITEMS:
        ticker = item.get("ticker")
        if ticker is not None:
            assert isinstance(ticker, str), item
            assert re.fullmatch(r"[0-9A-Z/]+", ticker), item
            assert any(a.startswith(f"{ticker} ") for a in names(item)), item


def test_a_korean_ticker_is_found_as_printed() -> None:
    for item in ITEMS:
        ticker = item.get("ticker", "")
        if re.fullmatch(r"\d{6}", ticker) and f"{ticker} CH" not in item["aliases"]:
            assert {ticker, f"{ticker} KS"} <= set(item["aliases"]), item


def test_no_name_means_two_things_unless_both_guard_it() -> None:
    assert clashes(ITEMS) == {}


def test_a_clash_is_seen_through_case_space_and_hyphen() -> None:
    one = {"id": "a", "ko": "가-나 B"}
    two = {"id": "b", "ko": "가나b"}
    guard = {"guard": {"needs": ["x"]}}
    assert clashes([one, two]) == {"가나b": ["a", "b"]}
    assert clashes([one | guard, two]) == {"가나b": ["a", "b"]}
    assert clashes([one | guard, two | guard]) == {}


def test_guards_are_well_formed() -> None:
    for item in ITEMS:
        guard = item.get("guard")
        assert ("guarded" in item) <= (guard is not None), item
        if guard is None:
            continue
        assert guard
        assert set(guard) <= {"needs", "not"}, item
        assert all(w and isinstance(w, str) for words in guard.values() for w in words), item
        assert all(words for words in guard.values()), item
        assert guarded(item) <= set(names(item)), item


def test_a_guarded_name_does_not_satisfy_its_own_guard() -> None:
    for item in ITEMS:
        for word in item.get("guard", {}).get("needs", []):
            assert not [n for n in guarded(item) if fold(word) in fold(n)], (item["id"], word)


def test_a_word_is_not_both_needed_and_excluded() -> None:
    for item in ITEMS:
        guard = item.get("guard", {})
        assert not set(guard.get("needs", ())) & set(guard.get("not", ())), item


def test_names_of_one_character_are_guarded() -> None:
    for item in ITEMS:
        assert {n for n in names(item) if len(fold(n)) == 1} <= guarded(item), item


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("앤스로픽", "anthropic"), ("오픈AI", "openai"), ("딥시크", "deepseek"), ("브로드콤", "broadcom"),
        ("SK 하이닉스", "sk-hynix"), ("000660 KS", "sk-hynix"), ("리노공업", "leeno"), ("AVGO US", "broadcom"),
        ("HBM 3E", "hbm3e"), ("Claude-3.5-Sonnet", "claude-3-5-sonnet"), ("GPT-4o", "gpt-4o"),
        ("Ironwood", "tpu-v7"), ("트릴리움", "tpu-v6"), ("Trainium 2", "trainium-2"), ("GPQA Diamond", "gpqa-diamond"),
        ("SWE-Bench Verified", "swe-bench-verified"), ("트렌드포스", "trendforce"), ("과기정통부", "msit"),
        ("CHIPS Act", "chips-act"), ("CoWoS-L", "cowos-l"), ("美", "us"), ("하이퍼클로바X", "hyperclova-x"),
    ],
)  # fmt: skip
def test_a_well_known_name_belongs_to_its_entity(name: str, owner: str) -> None:
    assert [i["id"] for i in ITEMS if fold(name) in map(fold, names(i))] == [owner]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("메타버스 시장이 커지고 있다", []),
        ("메타는 광고 매출이 늘었다", ["meta"]),
        ("파인애플 값이 올랐다", []),
        ("아마존 강 유역의 가뭄이 길어졌다", []),
        ("인텔리전스 플랫폼을 공개했다", []),
        ("암 환자의 조기 진단에 쓰인다", []),
        ("Arm은 CPU 설계를 빌려준다", ["arm", "cpu"]),
        ("xAI의 그록이 공개됐다", ["xai", "grok"]),
        ("그록의 LPU가 추론을 빠르게 한다", ["groq", "lpu"]),
        ("인도는 공장을 유치했다", ["india"]),
        ("연말까지 1만 대를 인도했다", []),
        ("美 상무부가 中 기업을 제재했다", ["us-commerce", "china"]),
        ("개발 中인 제품", []),
        ("5日 발표했다", []),
        ("TI는 아날로그 제품값을 올렸다", ["texas-instruments"]),
        ("와이파이 공유기를 내놓았다", []),
        ("달라이 라마가 방문했다", []),
        ("라인업을 넓혔다", []),
        ("두산 베어스가 이겼다", []),
        ("화성 탐사 로봇", []),
        ("이천만 원을 투자했다", []),
        ("측정 간격은 5 ms이다", []),
        ("시리즈 B 투자를 유치했다", []),
        ("새 폼팩터에 맞춘 스마트폰", []),
        ("엔비디아가 GB300 NVL72를 출하했다", ["nvidia", "gb300-nvl72"]),
    ],
)
def test_guards_tell_homographs_apart(sentence: str, found: list[str]) -> None:
    names_found = Names(load_lexicon()).find(sentence)
    assert [entity.id for entity, _, _ in names_found] == found
