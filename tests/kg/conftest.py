"""Reports made by hand, their claims, and an index that keeps only report ids."""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib.util
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest

from corpus.report import Passage, Report, Section, Span
from kg.claim import Claim, Entity, Evidence, Extraction, Mention, Value
from kg.workspace import Generation, Workspace

Pair = tuple[Report, Extraction]


def _share(name: str) -> None:
    """Load a module beside the tests that several of them import."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec
    assert spec.loader
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)


for shared in ("weeks", "alignment", "figure_cases", "event_cases"):
    _share(shared)

BROADCOM = Entity("broadcom", "Company", "브로드컴", "Broadcom", ("AVGO", "브로드콤"), "AVGO", True)
GOOGLE = Entity("google", "Company", "구글", "Google", curated=True)
TSMC = Entity("tsmc", "Company", "TSMC", None, ("대만 TSMC",), "TSM", True)
TPU = Entity("x_tpuv7", "Chip", "TPU v7")
GPT = Entity("x_gpt7", "Model", "GPT-7")
ELO = Entity("x_elo점수", "Benchmark", "ELO 점수")
ENTITIES = (BROADCOM, GOOGLE, TSMC, TPU, GPT, ELO)

TEXT = """시험 보고서 {n}호

I. 반도체
1. 맞춤형 칩 > 구글
브로드컴은 구글과 TPU v7을 함께 개발하고 있다고 밝혔다.
TSMC는 내년에 TPU v7을 75만~80만 대 생산할 계획이다.
구글은 {n}00억 달러를 투자했다.
II. 모델
GPT-7은 ELO 점수 1,4{n}0점으로 1위에 올랐다.
브로드컴과 TSMC가 합병한다는 소문은 부인되었다.
"""


@dataclass(frozen=True)
class IdIndex:
    """An index of report ids: enough to see that graph and index are of one version."""

    embedder: str = "none"

    def write(
        self, target: Path, previous: Path | None, added: Sequence[Pair], removed: Sequence[str]
    ) -> None:
        ids = set() if previous is None else set((previous / "ids").read_text("utf-8").split("\n"))
        ids -= set(removed)
        ids |= {report.id for report, _ in added}
        target.mkdir()
        (target / "ids").write_text("\n".join(sorted(ids - {""})), "utf-8")


def make_report(number: int = 1, *, id: str | None = None, text: str | None = None) -> Report:
    """Make one short weekly report; ``number`` changes its date and its figures."""
    text = TEXT.format(n=number) if text is None else text
    id = f"weekly-{number}" if id is None else id
    half = text.find("II. 모델") if "II. 모델" in text else len(text) // 2
    top = ("I. 반도체", "1. 맞춤형 칩 > 구글")
    spans = (Span(0, half), Span(half, len(text)))
    date = dt.date(2025, 1, 6) + dt.timedelta(weeks=number - 1)
    return Report(
        id=id,
        title=f"시험 보고서 {number}호",
        publisher="시험 리서치",
        authors=("김하나", "Lee"),
        date=date,
        source=f"{id}.txt",
        format="text",
        sha256=hashlib.sha256(f"{id} {date} {text}".encode()).hexdigest(),
        text=text,
        sections=(Section(top, 2, None, spans[0]), Section(("II. 모델",), 1, None, spans[1])),
        tables=(),
        passages=tuple(
            Passage(f"{id}#{n}", path, "prose", span)
            for n, (path, span) in enumerate(zip((top, ("II. 모델",)), spans, strict=True))
        ),
    )


def make_claim(
    report: Report,
    quote: str,
    subject: Entity,
    predicate: str,
    target: Entity | None = None,
    **fields: object,
) -> Claim:
    """Make a claim whose quote is looked up in the report."""
    start = report.text.index(quote)
    evidence = Evidence(report.id, report.section_at(start), quote, start, start + len(quote))
    return replace(Claim(subject, predicate, target, None, evidence, extractor="test/1"), **fields)


def make_pair(number: int = 1) -> Pair:
    """Make a report with five claims: fact, plan, value, score with rank, denial."""
    report = make_report(number)
    amount = Decimal(number) * 10**10
    claims = (
        make_claim(
            report,
            "브로드컴은 구글과 TPU v7을 함께 개발하고 있다",
            BROADCOM,
            "coDevelops",
            TPU,
            qualifiers={"partner": "구글"},
            attributed_to="브로드컴",
            confidence=Decimal("0.9"),
        ),
        make_claim(
            report,
            "TSMC는 내년에 TPU v7을 75만~80만 대 생산할 계획",
            TSMC,
            "produces",
            TPU,
            value=Value("75만~80만 대", Decimal(750000), Decimal(800000), "대"),
            modality="plan",
            qualifiers={"period": "2026"},
        ),
        make_claim(
            report,
            f"{number}00억 달러를 투자했다",
            GOOGLE,
            "hasMetric",
            value=Value(f"{number}00억 달러", amount, amount, None, "USD"),
            qualifiers={"metric": "투자"},
        ),
        make_claim(
            report,
            f"1,4{number}0점",
            GPT,
            "scores",
            ELO,
            value=Value(f"1,4{number}0점", Decimal(f"14{number}0"), Decimal(f"14{number}0"), "점"),
            qualifiers={"rank": "1"},
        ),
        make_claim(
            report, "합병한다는 소문은 부인되었다", BROADCOM, "acquires", TSMC, modality="denied"
        ),
    )
    mentions = tuple(
        Mention(entity.id, at, at + len(entity.label))
        for entity in ENTITIES
        if (at := report.text.find(entity.label)) >= 0
    )
    return report, Extraction(report.id, ENTITIES, mentions, claims)


@dataclass(frozen=True)
class Making:
    """What tests build reports and claims with."""

    report: Callable[..., Report] = make_report
    claim: Callable[..., Claim] = make_claim
    pair: Callable[..., Pair] = make_pair
    index: Callable[..., IdIndex] = IdIndex


@pytest.fixture(scope="session")
def make() -> Making:
    return Making()


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "home")


@pytest.fixture(scope="session")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    """Three weekly reports, committed once for all tests that only read."""
    home = Workspace(tmp_path_factory.mktemp(f"shared-{os.getpid()}"))
    return home.commit(add=[make_pair(n) for n in (1, 2, 3)], note="three", index=IdIndex())
