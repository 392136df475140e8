"""What was found by example until the weights had to be surer: known losses, to be won back.

A label is claimed by example only where nine of ten were right on passages that were not
fitted (``_PRECISE`` in ``tests/bench/fit_pairs.py``); that costs these. A rule that finds one
of them again fails here: move it to the examples of that rule.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from corpus.readers import read
from extractors.pipeline import extract


@pytest.mark.xfail(strict=True, reason="found only by example, no longer sure enough")
@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("인텔은 당일 6%, 퀄컴은 8% 급등했다.", ("인텔", "주가 상승률", "6%")),
        ("네덜란드는 세계 2위 반도체 장비 수출국을 지켰다.", ("네덜란드", "순위", "2위")),
        ("AMD는 퀄컴의 특허를 약 7억 달러에 인수했다.", ("퀄컴", "특허 인수 금액", "약 7억 달러")),
        (
            "에이디테크놀로지는 네이버가 발주한 서버 칩 과제를 수주했다.",
            ("에이디테크놀로지", "supplies", "네이버"),
        ),
        (
            "퓨리오사AI가 투자금 60억 원을 유치했다. 오라클과 시스코가 참여했다. "
            "이번 투자로 지난봄 산업은행에서 유치한 100억 원을 더해 160억 원을 모았다.",
            ("산업은행", "investsIn", "퓨리오사AI"),
        ),
        ("인텔이 특허 40건을 3억 달러에 사들인다.", ("인텔", "특허 매입 금액", "3억 달러")),
        (
            "인텔이 투자하겠다고 밝힌 금액은 20억 달러, 지난해 매출은 90억 달러다.",
            ("인텔", "금액", "20억 달러"),
        ),
        (
            "메타는 언어, 코드, 영상의 3개 모델로 구성된 Llama 5를 공개했다.",
            ("Llama 5", "모델", "3개"),
        ),
        ("대만의 대(對)미국 수출은 90억 달러로 늘었다.", ("대만", "대미국 수출액", "90억 달러")),
    ],
)
def test_what_is_found_no_more(tmp_path: Path, text: str, claim: tuple[str, str, str]) -> None:
    path = tmp_path / "week.md"
    path.write_text(f"# 주간\n\n{text}\n", encoding="utf-8")
    told = {
        (
            c.subject.label,
            c.qualifiers["metric"] if c.predicate == "hasMetric" else c.predicate,
            c.object.label if c.object else c.value.text if c.value else "",
        )
        for c in extract(read(path, date=dt.date(2026, 3, 10))).claims
    }
    assert claim in told
