"""A report to be read by a model, and the model that is scripted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus.readers import read
from extractors.llm.asking import Model
from extractors.llm.cache import ReplyCache
from extractors.llm.extract import ModelExtractor
from extractors.llm.retry import Patience
from extractors.pipeline import extract

REPORT = """# 시험 위클리

2025년 3월 3일 · 시험 리서치

## I. 로봇

다온로보틱스가 지난달 나루메카닉스를 품에 안았다. 거래액은 4억 달러로 알려졌다. 이 회사는 평택에
로봇 공장을 새로 세울 계획이다.

## II. 모델

가람연구소는 언어모델 다온LM-2를 수학 벤치마크 MathBowl에 내보냈다. 받아 든 종이에는 91.5점이
찍혔다. 가람연구소가 나루메카닉스를 인수할까?

표 1. 출하량

| 회사 | 2025년(만 대) |
|---|---:|
| 다온로보틱스 | 12 |
| 나루메카닉스 | 7 |
"""


@pytest.fixture(scope="session")
def robots(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The report and what the rules find in it; its companies are in no lexicon."""
    file = tmp_path_factory.mktemp("llm") / "robots.md"
    file.write_text(REPORT, encoding="utf-8")
    report = read(file)
    return report, extract(report)


@pytest.fixture
def reader(loopback: Any, tmp_path: Path) -> Callable[..., ModelExtractor]:
    """Make an extractor whose model is the loopback service, through the real client."""
    from langchain_openai import ChatOpenAI

    def make(*, timeout: float = 10.0, **fields: Any) -> ModelExtractor:
        chat = ChatOpenAI(
            model="gpt-4o-mini", timeout=timeout, max_retries=0, temperature=0, max_tokens=400
        )
        settings = {"patience": Patience(attempts=3, first=0.01, longest=0.05)} | fields
        return ModelExtractor(
            Model(chat, "openai:gpt-4o-mini", 400),
            ReplyCache(tmp_path / "cache" / "replies.sqlite"),
            **settings,
        )

    return make
