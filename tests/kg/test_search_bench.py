"""The retrieval benchmark runs, on questions made for this test."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

BENCH = Path(__file__).parents[1] / "bench" / "bench_retrieval.py"

PARAGRAPHS = [
    ("삼성전자는 평택 공장에서 12단 HBM3E 시험 생산을 시작했다.", "평택에서 시험 생산한 것은?"),
    ("오픈AI는 구독료를 월 20달러로 유지하기로 했다.", "구독료는 월 얼마인가?"),
    ("정부는 전력망 확충에 3조 원을 배정했다.", "전력망에 배정한 예산은?"),
]


def test_the_benchmark_measures_what_it_says(tmp_path: Path) -> None:
    paragraphs = [{"context": text, "qas": [{"question": asked}]} for text, asked in PARAGRAPHS]
    source = tmp_path / "korquad.json"
    source.write_text(json.dumps({"data": [{"paragraphs": paragraphs * 3}]}), encoding="utf-8")
    bench = runpy.run_path(str(BENCH))
    contexts, questions = bench["read"](source, 4)
    assert len(contexts) == 9
    assert [answer for _, answer in questions] == [0, 2, 4, 6]
    found = bench["measure"](contexts, questions, tmp_path / "work")
    assert found["quality"]["lexical"] == {"R@1": 1.0, "R@5": 1.0, "MRR": 1.0}
    assert found["quality"]["fused"]["R@1"] == 1.0
    assert found["ingest"]["next_report_to_kiwi"] > 0
    assert found["query"]["search_ms"] > found["query"]["faiss_alone_ms"] > 0
