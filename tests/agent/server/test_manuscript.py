"""A report as HTML: verbatim, escaped, with exactly the quote marked; and the page's words."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.server.pages import markup, texts, work
from agent.server.pages.manuscript import Mark, manuscript
from agent.server.pages.texts import LANGUAGES, Words, preferred
from corpus.readers import read_text
from kg import vocab
from kg.sparql_guard import check

_MARKED = re.compile(r"<mark[^>]*>(.*?)</mark>", re.S)
_TAGS = {"h2", "h3", "h4", "h5", "h6", "p", "span", "mark", "figure", "figcaption", "div", "table",
         "thead", "tbody", "tr", "th", "td"}  # fmt: skip
_ATTRIBUTES = {"class", "id", "data-c", "data-e"}
HOSTILE = (
    "# 보고서 <script>window.pwned = 1</script>\n\n2025-01-06\n\n"
    '## 1. 소식 "><img src=x onerror=alert(1)>\n\n'
    "엔비디아(<b onclick=alert(1)>NVIDIA</b>)는 **<svg/onload=alert(1)>** 을 공개했다.\n\n"
    "| 이름 | 값 |\n|---|---|\n| <iframe src=//e></iframe> | &lt;i&gt; |\n"
)


class Outline(HTMLParser):
    """The tags, attributes and text of some HTML."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def report_of(text: str, format: str = "markdown") -> Any:
    return read_text(text, format=format, id="r", date=dt.date(2025, 1, 6), title="시험")


def marked(html: str) -> str:
    return "".join(unescape(piece) for piece in _MARKED.findall(html))


@pytest.mark.parametrize("format", ["markdown", "text"])
def test_nothing_of_a_report_becomes_a_tag(format: str) -> None:
    page = Outline(manuscript(report_of(HOSTILE, format)))
    assert page.tags <= _TAGS
    assert page.attributes <= _ATTRIBUTES
    for piece in ("<script>window.pwned = 1</script>", "<svg/onload=alert(1)>", "<iframe src=//e>"):
        assert piece in page.text


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="가나<>&\"'`=/ \n#*|-[]()abc1.", max_size=200), st.data())
def test_any_text_stays_text_and_its_quote_is_marked(text: str, data: st.DataObject) -> None:
    report = report_of("머리말\n\n" + text + "\n\n꼬리말")
    start = data.draw(st.integers(0, len(report.text) - 1))
    end = data.draw(st.integers(start + 1, min(len(report.text), start + 40)))
    html = manuscript(report, [Mark(start, end, "quote"), Mark(0, end, "claim", 'x" y>')])
    page = Outline(html)
    assert page.tags <= _TAGS
    assert page.attributes <= _ATTRIBUTES
    assert "머리말" in page.text
    assert "꼬리말" in page.text
    covered = [ch for ch in marked(html) if not ch.isspace() and ch not in "|-:"]
    expected = [ch for ch in report.text[start:end] if not ch.isspace() and ch not in "|-:"]
    assert covered == expected


def test_every_citation_of_the_samples_can_be_shown(answerer: Any) -> None:
    for info in answerer.generation.reports:
        report = answerer.report(info.id)
        for claim in answerer.facts.claims_of(report=info.id)[::9]:
            evidence = claim.evidence
            html = manuscript(report, [Mark(evidence.start, evidence.end, "quote")])
            assert marked(html) == evidence.quote
            assert html.count(' id="quote"') == 1


def test_sections_and_tables_are_rebuilt(answerer: Any) -> None:
    report = answerer.report("weekly-2025-01-06")
    html = manuscript(report)
    assert html.count("<table>") == sum(bool(t.rows) for t in report.tables)
    assert len(re.findall(r"<h[2-6] ", html)) >= len([s for s in report.sections if s.heading])
    first = report.tables[0]
    assert f"<td>{first.rows[0].cells[0].text}</td>" in html
    for label, _, at in work.sheet(answerer, report.id)["contents"]:
        heading = re.search(rf'<h\d id="{at}">(.*?)</h\d>', html)
        assert heading
        assert label in Outline(heading[1]).text
    assert Outline(html).text.count("---") == 0  # neither front matter nor the grid's rules


def test_a_quote_is_found_where_a_correction_moved_it(answerer: Any) -> None:
    report = answerer.report("weekly-2025-01-06")
    quote = "엔비디아가 지난해 12월 30일 이스라엘 스타트업"
    at = report.text.index(quote)
    moved = work.sheet(answerer, report.id, at + 7, at + 7 + len(quote), quote)
    assert moved["found"]
    assert marked(moved["html"]) == quote
    gone = work.sheet(answerer, report.id, 5, 9, "어디에도 없는 문장")
    assert not gone["found"]
    assert "<mark" not in gone["html"]


def test_names_and_claims_can_be_clicked(answerer: Any) -> None:
    sheet = work.sheet(answerer, "weekly-2025-01-06")
    ids = {i for group in re.findall(r'data-c="([^"]+)"', sheet["html"]) for i in group.split()}
    assert ids == {claim["id"] for claim in sheet["claims"]}
    assert 'data-e="nvidia"' in sheet["html"]


def test_examples_are_questions_that_are_answered(answerer: Any) -> None:
    for language in LANGUAGES:
        shown = work.examples(answerer, language)
        assert len(shown) >= 3
        for question in shown:
            answer = answerer.ask(question)
            assert not answer.abstained
            assert answer.citations


def test_a_neighbourhood_is_connected_and_cited(answerer: Any) -> None:
    found = work.neighbourhood(answerer, "엔비디아")
    ids = {node["id"] for node in found["nodes"]}
    iris = {vocab.ENTITY + i for i in ids}
    assert found["entity"]["id"] in ids
    assert 10 < len(found["claims"]) <= 300
    for claim in found["claims"]:
        assert {claim["subject"]["iri"], claim["object"]["iri"]} <= iris
    earlier = work.neighbourhood(answerer, "엔비디아", "2024-12-31")
    assert 0 < len(earlier["claims"]) < len(found["claims"])
    assert {c["date"] for c in earlier["claims"]} == {"2024-12-30"}


def test_a_follow_up_is_completed(answerer: Any) -> None:
    assert "마벨" in work.complete(answerer, "그럼 마벨은?", "브로드컴의 고객사는?")


def test_every_text_that_is_asked_for_is_there() -> None:
    sources = "".join(p.read_text("utf-8") for p in texts.Path(texts.__file__).parent.glob("*.py"))
    keys = set(re.findall(r"words\(\s*\"([a-z_]+\.[a-z_]+)\"", sources))
    assert len(keys) > 40
    for language in LANGUAGES:
        for key in keys:
            slots = dict.fromkeys(
                ("n", "ms", "why", "question", "report", "name", "start", "goal"), "x"
            )
            assert Words(language)(key, **slots), key


def test_every_text_of_ours_is_in_both_languages() -> None:
    data = yaml.safe_load((texts.Path(texts.__file__).with_name("texts.yaml")).read_text("utf-8"))

    def leaves(node: Any, path: str) -> Any:
        if set(node) & set(LANGUAGES):
            yield path, node
        else:
            for key, child in node.items():
                yield from leaves(child, f"{path}.{key}" if path else key)

    for section, node in data.items():
        if section not in ("questions", "queries"):
            for path, leaf in leaves(node, section):
                assert set(leaf) == set(LANGUAGES), path
                assert all(leaf.values()), path
    assert set(data["classes"]) == set(vocab.CLASSES)
    for language in LANGUAGES:
        assert set(data["questions"][language]) <= set(vocab.PREDICATES)
    assert data["questions"]["ko"].keys() == data["questions"]["en"].keys()


@pytest.mark.parametrize("query", texts.queries("ko").values())
def test_example_queries_find_something(query: str, answerer: Any) -> None:
    from kg import sparql

    assert check(query, set())
    assert sparql.query(answerer.generation, query).rows


def test_the_language_is_chosen_by_cookie_then_browser() -> None:
    assert preferred("en", "ko-KR,ko;q=0.9") == "en"
    assert preferred(None, "de-DE,en;q=0.7,ko;q=0.3") == "en"
    assert preferred("xx", "") == "ko"


def test_markup_escapes_what_it_is_given() -> None:
    evil = '"><script>alert(1)</script>'
    words = Words("ko")
    entity = {"iri": evil, "label": evil, "class": evil}
    evidence = {"section": [evil], "table": evil, "quote": evil, "start": 1, "end": 2}
    claim = {"subject": entity, "object": entity, "predicate": evil, "value": {"text": evil},
             "qualifiers": {"metric": evil, "period": evil}, "modality": "plan", "report": evil,
             "evidence": evidence}  # fmt: skip
    citation = evidence | {"report": evil, "title": evil, "date": evil, "row": evil, "column": evil}
    side = {"value": {"text": evil}, "modality": "fact", "qualifiers": {}, "citations": [citation]}
    change = {"kind": "new", "subject": entity, "predicate": evil, "object": None, "old": side,
              "new": side | {"value": None}, "percent": None, "back": evil}  # fmt: skip
    written = "".join(
        (markup.claim_cards([claim], words, 9), markup.change_card(change, words),
         markup.alerts([{"text": evil, "claims": [], "rows": [[evil, evil]]}], words),
         markup.sentence(evil + " [1]"), markup.place(citation, words))
    )  # fmt: skip
    assert "<script" not in written
    assert "script" not in Outline(written).tags
    assert "</script" not in markup.safe_json(evil)
    assert markup.sentence("가 [12]").endswith('data-n="12">12</button>')


def test_a_card_shows_what_moved_where_only_a_qualifier_did() -> None:
    entity = {"iri": "https://kg.example/entity/a", "label": "가나", "class": "Company"}
    cited = {"report": "r", "title": "주간", "date": "2025-01-06", "section": [], "table": None,
             "row": None, "column": None, "quote": "공급", "start": 1, "end": 2}  # fmt: skip
    side = {
        "value": None,
        "modality": "plan",
        "qualifiers": {"status": "예고"},
        "citations": [cited],
    }
    change = {"kind": "status_changed", "subject": entity, "predicate": "supplies",
              "object": entity, "old": side, "new": side | {"qualifiers": {"status": "전시"}},
              "percent": None}  # fmt: skip
    card = markup.change_card(change, Words("ko"))
    assert card.index("<b>예고</b>") < card.index("<b>전시</b>")
