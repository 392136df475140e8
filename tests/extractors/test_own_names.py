"""Things that are called after their makers, and what is made for whom."""

from __future__ import annotations

from pathlib import Path

from corpus.readers import read
from extractors.pipeline import extract


def told(tmp_path: Path, text: str) -> list[tuple[str, str, str]]:
    """Subject, predicate and object of every relation."""
    path = tmp_path / "2025-10-10-week.md"
    path.write_text(f"# 주간 동향 (2025-10-10)\n\n{text}\n", encoding="utf-8")
    claims = extract(read(path)).claims
    return [(c.subject.label, c.predicate, c.object.label) for c in claims if c.object]


def test_a_name_tells_whose_the_thing_is_once_a_report(tmp_path: Path) -> None:
    found = told(
        tmp_path, "창고에는 엔비디아 A100이나 H100 같은 GPU가 남았다. 엔비디아 A100은 낡았다."
    )
    assert found.count(("엔비디아", "develops", "A100")) == 1
    assert ("엔비디아", "develops", "H100") in found


def test_a_name_of_the_owner_tells_the_owners(tmp_path: Path) -> None:
    assert ("구글", "develops", "Gemini") in told(tmp_path, "구글 제미나이는 오늘도 느렸다.")


def test_whoever_only_stands_before_a_thing_does_not_make_it(tmp_path: Path) -> None:
    found = told(tmp_path, "오라클 H100 사용량은 줄었다.")
    assert ("오라클", "develops", "H100") not in found


def test_who_has_a_thing_made_elsewhere_does_not_produce_it(tmp_path: Path) -> None:
    found = told(tmp_path, "리벨리온은 삼성전자에 리벨쿼드 생산을 맡겼다.")
    assert ("삼성전자", "manufactures", "REBEL-Quad") in found
    assert ("리벨리온", "produces", "REBEL-Quad") not in found
