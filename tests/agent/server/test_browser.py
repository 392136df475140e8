"""The pages in Debian's chromium, driven by Playwright, over `kg serve` as users start it.

Skipped where there is no /usr/bin/chromium (`apt-get install chromium fonts-noto-cjk`).
Pictures go to $SCREENSHOTS_DIR, else to pytest's temporary folder. The workspace holds one
hostile report more than the others' tests have: nothing of it may run.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

CHROMIUM = Path("/usr/bin/chromium")
ROOT = Path(__file__).parents[3]
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
QUESTION = "브로드컴과 TPU를 공동개발하는 회사는?"
HOSTILE = """# <script>window.pwned = 'title'</script> 적대 보고서

2025-01-14

## 1. "><img src=x onerror="window.pwned='heading'"> 소식

엔비디아는 <img src=x onerror="window.pwned='text'"> 회사를 3억 달러에 인수했다.

악성칩(Evil<svg onload="window.pwned='name'">Chip)을 마이크로소프트가 공개했다.

엔비디아는 2025년 1월 14일 스타트업 `<iframe srcdoc="<script>parent.pwned='frame'</script>">` 를 인수했다.

표 1. {{constructor.constructor('window.pwned=1')()}} 실적

| 기업 | 영업이익 |
|---|---|
| 엔비디아<script>window.pwned='cell'</script> | 10억 달러 |
| 삼성전자 | 7조 원<img src=x onerror=window.pwned=1> |
"""
pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists(), reason="no /usr/bin/chromium: apt-get install chromium fonts-noto-cjk"
)


@pytest.fixture(scope="module")
def url(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`kg serve` over the three weeks and the hostile report, with a watch."""
    from agent.ingest import ingest
    from agent.weeks.watch import add
    from kg.workspace import Workspace

    folder = tmp_path_factory.mktemp("browser")
    own = Path(shutil.copytree(home, folder / "kg"))
    evil = folder / "hostile-2025-01-14.md"
    evil.write_text(HOSTILE, encoding="utf-8")
    ingest(Workspace(own), [evil])
    add(own, "설비투자")
    log = folder / "log"
    command = [sys.executable, "-c", "from agent.cli import main; main()"]
    with log.open("wb") as file:
        process = subprocess.Popen(
            [*command, "serve", "--home", str(own), "--port", "0", "--processes", "1"],
            stderr=file,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
    try:
        yield _ready(process, log)
    finally:
        process.terminate()
        process.wait(30)
    assert "Traceback" not in log.read_text("utf-8")


def _ready(process: subprocess.Popen[bytes], log: Path) -> str:
    end = time.monotonic() + 90
    while time.monotonic() < end and process.poll() is None:
        if found := re.search(r"http://127\.0\.0\.1:\d+", log.read_text("utf-8")):
            with suppress(httpx.ConnectError):
                httpx.get(found[0] + "/api/health", trust_env=False, timeout=60)
                return found[0]
        time.sleep(0.1)
    raise AssertionError(log.read_text("utf-8"))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield launched
        launched.close()


Open = Callable[..., Any]


@pytest.fixture(scope="module")
def contexts(browser: Any) -> Iterator[dict[Any, Any]]:
    """One browser context a kind of visitor: scripts are fetched once."""
    held: dict[Any, Any] = {}
    yield held
    for context in held.values():
        context.close()


@pytest.fixture
def visit(browser: Any, contexts: dict[Any, Any], url: str) -> Iterator[Open]:
    """``visit(path)``: a page; errors, dialogs and foreign requests fail the test."""
    wrong: list[str] = []
    pages = []

    def open_page(
        path: str, *, width: int = 1280, locale: str = "ko-KR", dark: bool = False, own: str = ""
    ) -> Any:
        kind = (width, locale, dark, own)
        if kind not in contexts:
            contexts[kind] = browser.new_context(
                viewport={"width": width, "height": 844},
                locale=locale,
                color_scheme="dark" if dark else "light",
            )
        page = contexts[kind].new_page()
        pages.append(page)
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: wrong.append(f"{path}: {error}"))
        page.on("request", lambda request: wrong.extend(_foreign(request.url, url)))
        page.on("dialog", lambda dialog: wrong.append(f"{path}: dialog {dialog.message}"))
        page.goto(url + path)
        return page

    yield open_page
    for page in pages:
        pwned = page.evaluate("window.pwned")
        assert pwned is None, pwned
        page.close()
    assert wrong == []


def _foreign(asked: str, url: str) -> list[str]:
    ours = (url, url.replace("http", "ws"), "data:", "blob:", "about:")
    return [] if asked.startswith(ours) else [f"foreign request {asked}"]


@pytest.fixture(scope="session")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Any, str], None]:
    given = os.environ.get("SCREENSHOTS_DIR")
    folder = Path(given) if given else tmp_path_factory.mktemp("screenshots")
    folder.mkdir(parents=True, exist_ok=True)

    def shoot(page: Any, name: str) -> None:
        page.screenshot(path=str(folder / f"{name}.png"))
        assert (folder / f"{name}.png").stat().st_size > 5_000

    return shoot


def test_a_question_is_answered_and_its_quote_read_back(
    visit: Open, picture: Any, url: str
) -> None:
    page = visit("/")
    page.wait_for_selector(".chip")
    picture(page, "ask-welcome")
    page.fill("main input", QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_selector(".sources")
    expected = httpx.get(url + "/api/ask", params={"question": QUESTION}, trust_env=False).json()
    shown = re.sub(r"\s+", " ", " ".join(page.locator(".said").all_inner_texts()))
    assert re.sub(r"\[(\d)\]", r"\1", expected["answer"]) == shown.strip()
    for citation in expected["citations"][:2]:
        page.locator(f".said .cite[data-n='{citation['n']}']").first.click()
        page.wait_for_selector(".source mark")
        page.wait_for_function(
            "quote => [...document.querySelectorAll('.source mark')]"
            ".map(m => m.textContent).join('') === quote",
            arg=citation["quote"],
        )
        page.wait_for_function(_IN_SIGHT)
    picture(page, "ask-citation")
    page.keyboard.press("Escape")
    page.wait_for_selector(".source", state="hidden")
    assert page.evaluate("document.activeElement.className") == "cite"


_IN_SIGHT = """() => {
  const m = document.querySelector('.source mark').getBoundingClientRect();
  const p = document.querySelector('.source .paper').getBoundingClientRect();
  return m.top >= p.top && m.bottom <= p.bottom + 1;
}"""


def test_a_follow_up_and_what_is_not_there(visit: Open, picture: Any) -> None:
    page = visit("/?q=" + QUESTION)
    page.wait_for_selector(".sources")
    page.fill("main input", "그럼 마벨은?")
    page.keyboard.press("Enter")
    page.wait_for_selector(".follow")
    assert "마벨" in page.locator(".follow").inner_text()
    page.fill("main input", "테슬라의 2030년 매출은?")
    page.keyboard.press("Enter")
    page.wait_for_selector(".tag.denied")
    page.locator(".turn").first.locator("summary").click()
    link = page.locator(".turn").first.locator("details a")
    assert link.get_attribute("href").startswith("/query?query=SELECT")
    picture(page, "ask-conversation")
    link.click()
    page.wait_for_selector(".result table")


def test_an_example_question_is_asked_by_a_click(visit: Open) -> None:
    page = visit("/", locale="en-US")
    page.locator(".chip").first.click()
    page.wait_for_selector(".said .cite")
    assert page.locator(".question").inner_text().endswith("?")


def test_this_week_shows_both_sides(visit: Open, picture: Any) -> None:
    page = visit("/week?old=2025-W02&new=2025-W03")
    page.wait_for_selector(".change")
    assert page.locator(".change .sides figure").count() > page.locator(".change").count()
    alert = page.locator(".front .card:has-text('설비투자')")
    assert int(alert.locator(".count").inner_text()) > 0
    picture(page, "week")
    page.fill("input[aria-label], .tools input >> nth=2", "삼성전자")
    page.wait_for_function(
        "() => [...document.querySelectorAll('.change')].every(c => c.textContent.includes('삼성전자'))"
    )
    page.locator(".change .where").first.click()
    page.wait_for_selector(".paper mark")
    assert page.locator(".paper mark").first.is_visible()


def test_the_graph_is_drawn_filtered_and_clicked(visit: Open, picture: Any) -> None:
    page = visit("/graph?name=브로드컴")
    page.wait_for_selector(".cards .card")
    page.wait_for_function(_DRAWN)
    nodes = page.evaluate(_NODES)
    assert nodes > 5
    picture(page, "graph")
    other = page.evaluate(_OTHER, "브로드컴")
    page.mouse.click(*page.evaluate(_PLACE, other))
    page.wait_for_function(
        "name => document.querySelector('.beside h2').textContent.includes(name)", arg=other
    )
    assert "name=" in page.url
    page.goto(page.url.split("/graph")[0] + "/graph?name=OpenAI&goal=TSMC")
    page.wait_for_selector(".beside .card")
    assert "OpenAI → TSMC" in page.locator(".beside h2").inner_text()
    picture(page, "graph-path")


_NET = "getElement(Number(document.querySelector('.net').id.slice(1))).chart"
_DRAWN = "() => document.querySelector('.net canvas') !== null"
_NODES = f"() => {_NET}.getOption().series[0].data.length"
_PLACE = """name => {
  const chart = NET, data = chart.getModel().getSeriesByIndex(0).getData();
  const at = data.indexOfName(name);
  const layout = data.getItemLayout(at);
  const point = chart.getModel().getSeriesByIndex(0).coordinateSystem.dataToPoint(layout);
  const box = chart.getDom().getBoundingClientRect();
  return [box.left + point[0], box.top + point[1]];
}""".replace("NET", _NET)
_OTHER = f"name => {_NET}.getOption().series[0].data.map(d => d.name).find(n => n !== name)"


def test_a_report_is_read_and_its_claims_clicked(visit: Open, picture: Any) -> None:
    page = visit("/reports")
    page.wait_for_selector(".reports li")
    assert page.locator(".reports li").count() == 4
    page.locator(".reports a[href*='weekly-2025-01-06']").click()
    page.wait_for_selector(".paper table")
    page.locator(".paper .c").first.click()
    page.wait_for_selector(".beside .card")
    quote = page.locator(".beside blockquote").first.inner_text()
    assert quote in re.sub(r"\s+", " ", page.locator(".paper").text_content())
    picture(page, "report")


def test_a_query_is_run_downloaded_and_shared(visit: Open, picture: Any) -> None:
    page = visit("/query")
    page.wait_for_selector(".cm-content")
    page.locator("button.go").click()
    page.wait_for_selector(".result td")
    assert page.locator(".result tr").count() > 5
    assert "query=SELECT" in page.url
    picture(page, "query")
    with page.expect_download() as download:
        page.locator(".links a", has_text="csv").click()
    assert Path(download.value.path()).read_text("utf-8").startswith("relation,claims")
    again = visit(page.url[page.url.index("/query") :])
    again.wait_for_selector(".result td")
    again.locator(".cm-content").click()
    again.keyboard.press("Control+A")
    again.keyboard.type("DROP ALL")
    again.keyboard.press("Control+Enter")
    again.wait_for_selector(".error")
    assert "line 1, column 1" in again.locator(".error").inner_text()


def test_a_series_is_drawn(visit: Open, picture: Any) -> None:
    page = visit("/series?name=엔비디아")
    page.wait_for_selector(".result td")
    page.wait_for_selector(".chart canvas")
    assert page.locator(".result tbody tr").count() >= 2
    picture(page, "series")


def test_a_hostile_report_is_only_text(visit: Open, picture: Any) -> None:
    """Its title, headings, names and cells are shown as written on every page."""
    page = visit("/reports")
    page.wait_for_selector(".reports li")
    assert "적대 보고서" in page.locator(".reports").inner_text()
    page = visit("/report/hostile-2025-01-14")
    page.wait_for_selector(".paper table")
    assert "<script>window.pwned='cell'</script>" in page.locator(".paper").text_content()
    picture(page, "hostile")
    for path in (
        "/week",
        "/graph?name=엔비디아",
        "/?q=<img src=x onerror=window.pwned=1> 엔비디아가 인수한 회사는?",
        "/query?query=SELECT ?q { GRAPH report:hostile-2025-01-14 { ?e oa:exact ?q } }",
        "/graph?name=<img src=x onerror=window.pwned=1>",
        "/report/<img src=x onerror=window.pwned=1>",
    ):
        page = visit(path)
        page.wait_for_selector(".change, .card, .said, .result td, .note:not(:empty)")
    response = httpx.get(
        page.url.split("/report")[0] + "/language/en?back=//attacker.example", trust_env=False
    )
    assert response.headers["location"] == "/"


@pytest.mark.parametrize("path", ["/", "/week", "/graph", "/reports", "/query", "/series"])
def test_a_page_fits_a_phone_in_the_dark_in_english(visit: Open, picture: Any, path: str) -> None:
    page = visit(path, width=390, locale="en-US", dark=True)
    page.wait_for_selector(".chip, .change, .card, .reports li, .cm-content, .result td")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.evaluate("document.body.classList.contains('body--dark')")
    nav = page.locator("nav a[aria-current]")
    assert nav.get_attribute("href") == path
    picture(page, "phone-" + (path.strip("/") or "ask"))


def test_language_and_colours_are_kept(visit: Open) -> None:
    page = visit("/reports", own="cookies")
    page.wait_for_selector(".reports li")
    page.locator("a.lang").click()
    page.wait_for_selector("h1:has-text('Reports')")
    page.locator(".bar > .plain").click()
    page.wait_for_function("() => document.body.classList.contains('body--dark')")
    page.reload()
    page.wait_for_selector("h1:has-text('Reports')")
    page.wait_for_function("() => document.body.classList.contains('body--dark')")


def test_a_wrong_address_leads_on(visit: Open, url: str) -> None:
    page = visit("/nowhere")
    page.locator("main a").click()
    page.wait_for_selector(".chip")
    assert httpx.get(url + "/nowhere", trust_env=False).json() == {"error": "Not Found"}


def test_it_can_be_used_by_keyboard(visit: Open) -> None:
    page = visit("/reports")
    page.wait_for_selector(".reports li")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "/"
    page.keyboard.press("Enter")
    page.wait_for_selector(".chip")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.tagName") == "INPUT"
