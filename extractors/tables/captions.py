"""What a caption says of its table: whom it is about, which market, which metric."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from corpus.clean import clean
from corpus.report import Report, Span, Table
from extractors.classes import BODIES, THINGS
from extractors.context.scene import Named
from extractors.context.topics import heading_topic, profiled
from extractors.lexicon.frame_data import load_frames
from extractors.names.resolver import EntityResolver
from extractors.tables.cells import NOTE, is_total
from extractors.tables.names import run_of
from extractors.tables.periods import starts
from extractors.tables.schema import Header, ends_in_metric, metric_in, read_header
from extractors.tables.vocabulary import fold, schema
from extractors.values.periods import find_periods
from kg.claim import Entity

_SUBJECTS = (*THINGS, "Company", "Organization", "Technology", "Person", "Facility", "Place")
SHARED = ("Technology", "Market", "Chip", "Product", "Software", "Concept")
_VERSION = re.compile(
    r"(?:모델|칩|model)\s+(?:명\s+)?['\"“”]?([A-Za-z]{0,2}\d[\w.-]*)", re.IGNORECASE
)
_QUOTED = re.compile(r"[“\"‘']([^”\"’']{2,40})[”\"’']")
_MARKET = re.compile(
    r"(?P<name>[^,()]+?)\s?(?:(?P<korean>시장)(?=\s|$|[의은이(])|\bmarket\b)", re.IGNORECASE
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_CLAUSE = re.compile(r".{25}|[가-힣](?:은|는|이|가|을|를|에|서|로|면|고|며)\s")
"""What no name of a market is: too long, or with a particle inside."""
_BEFORE_MARKET = re.compile(
    r".*(?:[은는이가]\s\S*[한된던본]|[한된]\s|보는|본|의)\s+"
    r"|^(?:\S+별|글로벌|전 ?세계|세계|국내|연간|주요|global|worldwide|the)\s+"
    r"|^(?:\d{1,2}(?:[.\-]\d{1,2})*[.)]?|[가-하IVX]{1,3}[.)])\s+",
    re.IGNORECASE,
)
_RESULTS = re.compile(r"실적(?!\s?(?:전망|추정|가이던스|예상|목표))")
_MONEY = re.compile(r"(?:[$€£¥₩]|달러|원|위안|엔|유로).*\d{2}|\d{2}.*(?:달러|원|위안|엔|유로)")
_FRAME = re.compile(
    r"^(?:국내|글로벌|세계|전 ?세계|주요|최근|이번 ?주|연간|분기별?|월별)\s+"
    r"|\s+(?:추이|전망|동향|현황|비교|요약|변화|집계|계획|순위|및)$|\s*[(\[][^()\[\]]*[)\]]$"
)


_OF_ANOTHER = re.compile(
    r"(?!(?:이|그|동|당|본)\s)[가-힣A-Za-z0-9]{2,}(?:은|는|란)\s.*(?:회사|기업|업체|곳|인가|일까)"
)
"""A heading that asks who a firm is which nobody knows: "가나테크는 어떤 회사인가"."""


class Caption:
    """The caption of one table, read with the names of its report."""

    def __init__(self, report: Report, table: Table, names: EntityResolver) -> None:
        self._report = report
        self._table = table
        self._names = names

    @cached_property
    def subject(self) -> Entity | None:
        """Whom the caption (else the nearest heading) is about: the most specific name in it.

        A heading right above may name only one, or what one has ("가나의 K2"); those further
        up must begin with whom they are about: "4. 한국 종목" and "가나를 넘어서" say nothing
        of a table below "다라 (DR)".
        """
        for text in (self._table.title, self._table.subtitle):
            if told := self._told_of(text, self._names.find(text)):
                return told
        if self.of_another:
            return None
        for up, text in enumerate(reversed(self._table.section)):
            found = self._names.find(text)
            told = profiled(text, found)
            if told is None and found and len(run_of(text, found)) == len(found):
                told = heading_topic(text, found) if up else self._told_of(text, found)
            if told is not None:
                return told
        return None

    @cached_property
    def of_another(self) -> bool:
        """Whether the heading asks who a firm is that no name is known of."""
        return _OF_ANOTHER.match(self.headed) is not None and not self._names.find(self.headed)

    @cached_property
    def goods(self) -> Entity | None:
        """What of the subject's the heading right above is about: "가나의 HBM 생산능력"."""
        found = self._names.find(self.headed)
        if len(found) != 2 or len(run_of(self.headed, found)) != 2:
            return None
        firm, goods = found[0][0], found[1][0]
        return goods if firm is self.subject and goods.cls == "Technology" else None

    def _told_of(self, text: str, found: Sequence[Named]) -> Entity | None:
        versioned = self._versioned(text, found)
        if versioned:
            return versioned
        named = (e for cls in _SUBJECTS for e, _, _ in found if e.cls == cls)
        return next(named, None)

    def _versioned(self, text: str, found: Sequence[Named]) -> Entity | None:
        """ "가나의 새 모델 V3" names the model "가나-V3"."""
        match = _VERSION.search(text)
        makers = [e for e, _, end in found if e.cls in BODIES]
        if not match or not makers:
            return None
        covered = [e for e, s, end in found if s <= match.start(1) < end and e.cls in _SUBJECTS]
        if covered and covered[0] not in makers:
            return covered[0]
        maker = makers[0].label_en or makers[0].label
        caption = self._table.caption or self._table.span
        cls = "Chip" if match.group().startswith("칩") else "Model"
        return self._names.resolve(f"{maker}-{match[1]}", caption, (cls,))

    @cached_property
    def thing(self) -> Entity | None:
        """The only model, chip or product that caption, heading or report is about."""
        table, generic = self._table, load_frames().generic
        for text in (table.title, table.subtitle, *reversed(table.section), self._report.title):
            found = [e for e, _, _ in self._names.find(text) if e.cls in THINGS]
            things = {e.id: e for e in found if e.label not in generic}
            if things:
                return next(iter(things.values())) if len(things) == 1 else None
        return None

    @property
    def headed(self) -> str:
        """The caption, else the heading right above, which then serves as one."""
        return self._table.title or (self._table.section[-1] if self._table.section else "")

    @cached_property
    def agent(self) -> Entity | None:
        """The company or organisation that the caption names: who tells, or whose it is."""
        return next((e for e, _, _ in self._names.find(self._table.title) if e.cls in BODIES), None)

    @cached_property
    def market(self) -> Entity | None:
        """The market whose size the caption announces ("글로벌 AI 반도체 시장 규모 전망")."""
        return self._market_in(self._table.title)

    @cached_property
    def market_above(self) -> Entity | None:
        """The market of the caption, else of the heading, else a sentence above begins with it."""
        led = [m for m in map(_MARKET.match, _SENTENCE.split(self._above.strip())) if m]
        plain = next((m.group() for m in led if not _CLAUSE.search(m["name"])), "")
        return self.market or self._market_in(self.headed) or self._market_in(plain)

    @cached_property
    def _above(self) -> str:
        """The paragraph right above the table."""
        above = self._report.text[: self._table.span.start].rstrip()
        return clean(self._report.text, Span(above.rfind("\n\n") + 1, len(above))).text

    def _market_in(self, text: str) -> Entity | None:
        match = _MARKET.search(text)
        if match is None:
            return None
        name, before = match["name"].strip(), ""
        while name != before:
            before, name = name, _BEFORE_MARKET.sub("", name).strip()
        if not name:
            return None
        whole = f"{name} 시장" if match["korean"] else f"{name} market"
        for form in (name, whole):
            for entity, start, end in self._names.find(form):
                if end - start == len(form) and entity.cls not in BODIES:
                    return entity
        return self._names.resolve(whole, self._table.caption or self._table.span, ("Market",))

    def shared(self, header: str) -> Entity | None:
        """What shares are shares of: by their column ("DRAM 점유율"), else by the caption.

        Else by a heading further up: "3. 파운드리" over "3.1 점유율 현황".
        """
        for text in (header, self.headed, *self._table.section[-2:0:-1]):
            found = self._names.find(text)
            named = (e for cls in SHARED for e, _, _ in found if e.cls == cls)
            if product := next(named, None):
                return product
        return None

    @cached_property
    def metric(self) -> Header:
        """What the figures are when a column or row does not say so itself.

        Without a caption the heading right above says so, if it ends in what is measured;
        else the lines that tell of the sums of the table.
        """
        title, before = self._table.title or self._measuring or self._summed, ""
        header = read_header(title, self._report.date)
        if header.known and header.role == "metric":
            return header
        name = metric_in(title)
        if name:
            entry = next(entry for entry in schema().metrics if entry["name"] == name)
            written = (*entry.get("headers", ()), *entry.get("contains", ()))
            return replace(
                read_header(str(written[0]), self._report.date),
                text=title,
                period=None,
                modality=header.modality,
            )
        while title != before:
            before, title = title, _FRAME.sub("", title).strip()
        about = title if header.role != "metric" or len(title) < len(header.name) else header.name
        return replace(header, role="metric", name=about, period=None, known=False)

    @property
    def _measuring(self) -> str:
        """The heading right above where it ends in a metric: "2.1 HBM 점유율 추이"."""
        text, before = self._table.section[-1] if self._table.section else "", ""
        while text != before:
            before, text = text, _FRAME.sub("", text).strip()
        return text if ends_in_metric(text) else ""

    @property
    def _summed(self) -> str:
        """What other lines call the sums of money in the table: "392억 달러 설비투자"."""
        sums = [
            NOTE.sub("", cell.text).strip()
            for row in self._table.rows
            if is_total(row.cells[0].text)
            for cell in row.cells[1:]
        ]
        whole, span = self._report.text, self._table.span
        lines = f"{whole[: span.start]}\n{whole[span.end :]}".split("\n")
        told = {
            metric_in(line)
            for text in sums
            if _MONEY.search(text)
            for line in lines
            if text in line
        } - {None}
        return next(iter(told), None) or "" if len(told) == 1 else ""

    @cached_property
    def period(self) -> str | None:
        """The one year, quarter or month that the caption puts over figures without a period.

        No results are of a quarter to come: "Q1 FY2027 실적" counts by a firm's own year.
        """
        came = _RESULTS.search(self.headed) is not None
        date = self._report.date
        told = find_periods(self.headed, date)
        found = {p.value for p in told if not (came and (starts(p.value) or date) > date)}
        period = found.pop() if len(found) == 1 else None
        return period if period and len(period) < 10 and "/" not in period else None

    @cached_property
    def relation(self) -> str | None:
        """The predicate whose words the caption or its subtitle holds ("설계 파트너")."""
        caption = fold(f"{self._table.title} {self._table.subtitle}")
        for predicate, words in schema().relations.items():
            if any(word in caption for word in words):
                return predicate
        return None

    @cached_property
    def kind(self) -> str | None:
        """The class that the caption's words give to new names."""
        caption = f"{self._table.title} {self._table.subtitle}".casefold()
        for cls, words in schema().kinds.items():
            if any(word.casefold() in caption for word in words):
                return cls
        return None

    def benchmark(self, header: Header) -> Entity | None:
        """The benchmark a score column belongs to: named in its header, else in the caption.

        Without a caption: the one of the heading, else the only one of the paragraph above.
        """
        table = self._table
        heading = () if table.title else table.section[-1:]
        for text in (header.text, table.title, table.subtitle, *table.notes, *heading):
            if named := self._benchmarks(text):
                return named[0]
        if table.title:
            return None
        above = {entity.id: entity for entity in self._benchmarks(self._above)}
        return next(iter(above.values())) if len(above) == 1 else None

    def _benchmarks(self, text: str) -> list[Entity]:
        return [entity for entity, _, _ in self._names.find(text) if entity.cls == "Benchmark"]

    @cached_property
    def setting(self) -> str | None:
        """What the caption puts in quotes before "기준": a benchmark's category."""
        title = self._table.title
        match = _QUOTED.search(title)
        return match[1] if match and "기준" in title[match.end() :][:6] else None
