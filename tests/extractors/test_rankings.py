"""In what a place is held."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.readers import read
from extractors.pipeline import extract


@pytest.mark.parametrize(
    ("text", "who", "topic"),
    [
        ("마이크론은 서버 메모리 시장 2위다.", "마이크론", "서버 메모리 시장"),
        ("네이버는 한국어 벤치마크에서 o3를 제치고 1위를 차지했다.", "네이버", "한국어 벤치마크"),
        ("DeepSeek-V3가 서울 리더보드에서 6위로 올라섰다.", "DeepSeek-V3", "서울 리더보드"),
        ("PC 시장 1위는 레노버다.", "레노버", "PC 시장"),
        ("국내 앱 순위 1위에 오른 챗GPT가 눈길을 끈다.", "챗GPT", "국내 앱 순위"),
        ("D램 생산 분야 1위로 치고 나온 마이크론에 장비를 댄다.", "마이크론", "D램 생산 분야"),
        ("엔비디아가 압도적 1위를 지켰다.", "엔비디아", None),
        ("한때 1위였던 인텔은 감원을 시작했다.", "인텔", None),
    ],
)
def test_a_place_says_in_what_it_is_held(
    tmp_path: Path, text: str, who: str, topic: str | None
) -> None:
    path = tmp_path / "2025-03-10.md"
    path.write_text(text, encoding="utf-8")
    claims = extract(read(path)).claims
    places = [c for c in claims if c.value and c.value.unit == "위"]
    assert [(c.subject.label, c.qualifiers.get("topic")) for c in places] == [(who, topic)]
