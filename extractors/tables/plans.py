"""Rows that are deeds: "K2 출시 | 가나 | 2025년 하반기" and dated agendas of companies."""

from __future__ import annotations

import re
from collections.abc import Mapping

from corpus.report import Cell
from extractors.lexicon.frame_data import Frame, load_frames
from extractors.tables.calendar import RESULTS
from extractors.tables.cells import date_of, is_nothing, part_of, span_of, tidy, value_of
from extractors.tables.labels import explains
from extractors.tables.periods import starts
from extractors.tables.reading import LIKELY, Reading
from extractors.tables.schema import modality_of
from extractors.tables.vocabulary import fold, schema
from kg.claim import Entity, Modality, Value

_ACTORS = ("Company", "Organization", "Place", "Person")
_DUE = re.compile(r"(?:목표|예정|완료|예상)\s?(?:시점|시기|일정|일)|기한|due", re.IGNORECASE)
_LIGHT = re.compile(r"(?P<noun>\S+)\s(?:시작|준비|개시|완료|종결|재개|확대|착수|발표|공시)$")
"""What helps a deed's noun along: "공급 시작", "출하 발표"."""
_STAKE = re.compile(r"지분\s?(?:약\s)?\d[\d.]*\s?%")
_FROM = re.compile(r"로부터|에게서")
_SAMPLE = re.compile(r"샘플|시제품|시료")
_SENTENCES = re.compile(r"(?<=\D)\.\s+|;\s*|\n|\s/\s")
_BRACKETS = re.compile(r"\([^()]*\)")


def actors(reading: Reading, text: str) -> list[Entity]:
    """The agents that a cell lists, all of them known; else nothing."""
    parts = [part.strip() for part in re.split(r"\s*[,·]\s*", text) if part.strip()]
    found = [reading.exactly(part) for part in parts]
    return [e for e in found if e and e.cls in _ACTORS] if all(found) else []


def deed(
    reading: Reading,
    cell: Cell,
    doers: list[Entity],
    when: str | None,
    status: str,
    *,
    told: Modality | None = None,
) -> bool:
    """Claim what a phrase such as "K2 정식 출시" says of its doers; False if nothing.

    ``told`` is the modality where the table's kind says it.
    """
    frames, text = load_frames(), _BRACKETS.sub("", cell.text).strip()
    light = _LIGHT.search(text)
    noun = light["noun"] if light and light["noun"] in frames.by_noun else None
    head = text[: light.start()] if light else text
    if noun is None:
        noun = next((n for n in (text[-4:], text[-3:], text[-2:]) if n in frames.by_noun), None)
        head = text[: -len(noun)] if noun else text
    found = [item[0] for item in reading.names.find(head)]
    made = False
    for frame in frames.by_noun.get(noun or "", ()):
        if not _holds(frame, head):
            continue
        for target in found:
            for doer in doers:
                fits = target.cls in (*frame.object, *frame.product) and doer.cls in frame.subject
                if fits and doer.id != target.id:
                    made = True
                    predicate = "cancels" if _cancelled(status) else frame.predicate
                    _claim(reading, cell, doer, predicate, target, when, status, told)
    return made


def _holds(frame: Frame, head: str) -> bool:
    """Whether what stands before a deed's noun lets it be this one.

    A stake is invested in, not acquired; a sample is not released.
    """
    stake = _STAKE.search(head) is not None
    if frame.needs and not head.rstrip().endswith(frame.needs):
        return stake and "지분" in frame.needs
    return not (stake and frame.predicate == "acquires") and not (
        frame.predicate == "releases" and _SAMPLE.search(head)
    )


def _cancelled(status: str) -> bool:
    return bool(re.search(r"취소|철회|백지화|포기", status))


def _claim(
    reading: Reading,
    cell: Cell,
    doer: Entity,
    predicate: str,
    target: Entity,
    when: str | None,
    status: str,
    told: Modality | None,
) -> None:
    exact = when is not None and len(when) == 10
    done = re.search(r"완료|종결됨|출시됨|공개됨|취소|철회|시작됨", status)
    rumour = modality_of(f"{status} {cell.text}") == "rumour"
    sure: Modality = "fact" if done else told or ahead(reading, when, "plan")
    reading.add(
        doer,
        predicate,
        cell,
        place=(tidy(cell.text), reading.table.columns[cell.column]),
        object=target,
        qualifiers={"date" if exact else "period": when, "status": status or None},
        modality="rumour" if rumour else sure,
        confidence=LIKELY,
    )


def ahead(reading: Reading, when: str | None, otherwise: Modality) -> Modality:
    """A plan when it lies ahead of the report (or is undated and ``otherwise`` says so)."""
    first = starts(when or "")
    if first is None:
        return otherwise
    today = reading.report.date
    begun = when and len(when) < 10 and first <= today
    return "plan" if first >= today or (begun and otherwise == "plan") else "fact"


def plan_columns(reading: Reading) -> dict[str, int]:
    """The columns of a list of plans: what, who, when, status; empty when it is none.

    Who is a column of actors, or of companies behind one of words where status and due date
    have their columns ("항목 | 회사 | 목표 시점 | 상태").
    """
    roles = [header.role for header in reading.headers]
    who = roles.index("actor") if "actor" in roles else _doers(reading)
    if who is None:
        return {}
    found = {"who": who}
    found["what"] = next(
        (i for i, role in enumerate(roles) if i != found["who"] and role not in ("rank", "date")), 0
    )
    for i, header in enumerate(reading.headers):
        if i not in found.values() and (header.role in ("date", "asof") or header.dated):
            found.setdefault("when", i)
        elif header.role == "status":
            found.setdefault("status", i)
    return found


def _doers(reading: Reading) -> int | None:
    headers = reading.headers
    dated = any(h.role in ("date", "asof") or h.dated or _DUE.search(h.text) for h in headers)
    listed = dated and any(h.role == "status" for h in headers)
    firms = [i for i, h in enumerate(headers) if h.role == "entity" and h.cls == "Company"]
    if not listed or firms[:1] != [1] or headers[0].role not in ("attribute", "metric"):
        return None
    told = [row[0].text for row in reading.rows]
    named = sum(bool(actors(reading, text)) for text in told)
    return None if named * 2 > len(told) else 1


def read_plan(reading: Reading, row: int, columns: dict[str, int]) -> None:
    """Claim the deed that a row of a plan list describes."""
    cells = reading.rows[row]
    texts = {key: cells[i].text for key, i in columns.items()}
    when = texts.get("when", "")
    date = None if is_nothing(when) else date_of(when, reading.report.date)
    status = "" if is_nothing(texts.get("status", "")) else texts.get("status", "")
    doers = actors(reading, texts["who"])
    deed(reading, cells[columns["what"]], doers, date, status)


def agenda_columns(reading: Reading) -> tuple[int, int, int] | None:
    """Date, company and content of an agenda ("날짜 | 기업 | 내용")."""
    roles = [header.role for header in reading.headers]
    if len(roles) != 3 or roles[0] != "date" or "value" not in roles:
        return None
    what = roles.index("value")
    who = 3 - what
    known = sum(bool(actors(reading, row[who].text)) for row in reading.rows)
    return (0, who, what) if known * 2 >= len(reading.rows) else None


def read_agenda(reading: Reading, columns: tuple[int, int, int]) -> None:
    """One claim an entry: whose it is, what, and on which date."""
    for cells in reading.rows:
        date_cell, who, what = (cells[i] for i in columns)
        if is_nothing(what.text):
            continue
        when = date_of(re.split(r"\s*[~∼〜～]\s*", date_cell.text)[0], reading.report.date)
        doers = actors(reading, who.text) or [reading.named(tidy(who.text), who.span, "Company")]
        results = bool(RESULTS.search(what.text))
        exact = when is not None and len(when) == 10
        if not results and deed(reading, what, doers, when, ""):
            continue
        for doer in doers:
            reading.add(
                doer,
                "hasMetric",
                what,
                place=(date_cell.text, reading.table.columns[what.column]),
                value=Value(what.text),
                qualifiers={
                    "metric": "실적발표 예정일" if results else "일정",
                    "date" if exact else "period": when or date_cell.text,
                },
                modality=ahead(reading, when, "plan"),
            )


def timeline_columns(reading: Reading) -> dict[int, Entity]:
    """The columns of firms in a timeline: dates down the side, what each firm did beside them."""
    first, *others = reading.headers
    timed = first.role in ("asof", "date") or first.dated or fold(first.text) in schema().spans
    firms = {i: reading.exactly(h.text) for i, h in enumerate(others, start=1)}
    found = {i: firm for i, firm in firms.items() if firm and firm.cls in _ACTORS}
    rest = [h for i, h in enumerate(others, start=1) if i not in found]
    if not timed or not found or any(h.role != "remark" and not explains(h) for h in rest):
        return {}
    texts = [row[i].text for row in reading.rows for i in found if not is_nothing(row[i].text)]
    figures = sum(value_of(text, None, reading.report.date) is not None for text in texts)
    return found if figures * 2 < len(texts) else {}


def read_timeline(reading: Reading, firms: Mapping[int, Entity]) -> None:
    """Claim the deeds of each firm, by date."""
    for row, cells in enumerate(reading.rows):
        when = span_of(reading.cell(row, 0).text, reading.report.date)
        first = starts(when or "")
        told: Modality = "plan" if first and first > reading.report.date else "fact"
        for i, firm in firms.items():
            start = 0
            text = cells[i].text
            for cut in [*_SENTENCES.finditer(text), None]:
                end = cut.start() if cut else len(text)
                part = part_of(reading.report.text, cells[i], start, end)
                if when and not _FROM.search(part.text):
                    deed(reading, part, [firm], when, "", told=told)
                start = cut.end() if cut else end
