"""A fault in one sentence or table loses only that."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from corpus.readers import read_text
from extractors import pipeline, prose
from extractors.errors import ExtractionError
from extractors.pipeline import extract
from extractors.unread import UnreadWarning

TEXT = """# 주간

엔비디아는 신형 가속기 B300을 공개했다. 인텔은 코히어를 인수했다.

| 회사 | 매출(조 원) |
|---|---|
| 퀄컴 | 12 |
"""


def _report() -> Any:
    return read_text(TEXT, id="x", date=dt.date(2026, 3, 5))


def _failing(real: Any, where: str) -> Any:
    def read(*args: Any, **kwargs: Any) -> Any:
        if where in getattr(args[0], "text", "") or where == "table":
            raise IndexError("a fault")
        return real(*args, **kwargs)

    return read


def test_the_rest_of_a_report_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prose, "drafts", _failing(prose.drafts, "인수"))
    with pytest.warns(UnreadWarning, match=r"'x': characters 31 to 45 .*IndexError in read"):
        claims = extract(_report()).claims
    assert {c.predicate for c in claims} >= {"releases", "hasMetric"}
    assert "acquires" not in {c.predicate for c in claims}


def test_the_prose_around_a_table_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "table_claims", _failing(None, "table"))
    with pytest.warns(UnreadWarning, match="IndexError"):
        claims = extract(_report()).claims
    assert {c.predicate for c in claims} >= {"releases", "acquires"}


def test_what_the_user_can_mend_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: Any) -> Any:
        raise ExtractionError("a data file is unusable")

    monkeypatch.setattr(prose, "drafts", fails)
    with pytest.raises(ExtractionError, match="unusable"):
        extract(_report())
