"""What all pages share: the site, one visitor's view of it, and the frame around a page."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

from fastapi import Request
from nicegui import ui
from starlette.responses import HTMLResponse, JSONResponse, Response

from agent.server.errors import problem
from agent.server.media import wants_html
from agent.server.pages.markup import h, safe_json
from agent.server.pages.texts import Words, preferred
from corpus.errors import KgError

if TYPE_CHECKING:
    from agent.server.desk import Desk
    from agent.server.settings import Settings

T = TypeVar("T")
COOKIE = "kg_language"
DARK = "kg_dark"
_NAV = (
    ("ask", "/"),
    ("week", "/week"),
    ("graph", "/graph"),
    ("reports", "/reports"),
    ("series", "/series"),
    ("query", "/query"),
)


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages are made from."""

    desk: Desk
    settings: Settings

    def view(self, request: Request) -> View:
        """Return the view of whoever asks."""
        words = Words(
            preferred(request.cookies.get(COOKIE), request.headers.get("accept-language", ""))
        )
        here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        dark = {"1": True, "0": False}.get(request.cookies.get(DARK, ""))
        return View(self, words, here, dark)


@dataclass(frozen=True, slots=True)
class View:
    """One visitor's page: its words, where it is, and its colours (None: as the system has)."""

    site: Site
    words: Words
    here: str
    dark: bool | None

    async def get(self, work: Callable[..., T], *args: Hashable, **options: Hashable) -> T:
        """Run a function of the answerer; raises what it raises."""
        return (await self.site.desk.run(work, *args, **options)).value

    async def try_get(
        self, work: Callable[..., T], *args: Hashable, **options: Hashable
    ) -> T | None:
        """Run a function of the answerer; tell the visitor when it fails, and return None."""
        try:
            return await self.get(work, *args, **options)
        except KgError as error:
            self.tell(error)
            return None

    def tell(self, error: KgError) -> None:
        """Show an error as a passing note."""
        ui.notify(
            self.words("common.failed", why=problem(error)[1]), type="warning", multi_line=True
        )

    @property
    def empty(self) -> bool:
        """Whether there is no report at all."""
        workspace = self.site.desk.workspace
        return not workspace.exists or not workspace.generation().reports


@contextmanager
def frame(view: View, current: str) -> Iterator[ui.element]:
    """Build the page's head and navigation; what is made within stands in its main part."""
    ui.add_head_html('<link rel="stylesheet" href="/kg-static/kg.css">')
    ui.add_body_html('<script src="/kg-static/kg.js"></script>')
    ui.query("html").props(f"lang={view.words.language}")
    ui.page_title(f"{view.words('nav.' + current)} · kg")
    dark = ui.dark_mode(view.dark)
    with ui.element("header").classes("bar"):
        ui.html(_navigation(view, current), sanitize=False, tag="div").classes("nav")
        button = (
            ui.element("button")
            .classes("plain")
            .props(
                f'type="button" title="{h(view.words("nav.dark"))}" '
                f'aria-label="{h(view.words("nav.dark"))}"'
            )
        )
        with button:
            ui.html("◐", sanitize=False, tag="span")
        button.on("click", lambda e: _darken(dark, bool(e.args)), js_handler=_IS_DARK)
    with ui.element("main").classes("main").props("id=main tabindex=-1") as main:
        yield main


_IS_DARK = "() => emit(document.body.classList.contains('body--dark'))"


def _darken(dark: ui.dark_mode, is_dark: bool) -> None:
    dark.value = not is_dark
    ui.run_javascript(
        f"document.cookie = '{DARK}={int(not is_dark)};path=/;max-age=31536000;samesite=strict'"
    )


def _navigation(view: View, current: str) -> str:
    words = view.words
    links = "".join(
        f'<a href="{path}"{" aria-current=page" if name == current else ""}>'
        f"{h(words('nav.' + name))}</a>"
        for name, path in _NAV
    )
    other = "en" if words.language == "ko" else "ko"
    back = quote(view.here, safe="")
    return (
        f'<a class="skip" href="#main">{h(words("nav.skip"))}</a>'
        f'<a class="brand" href="/">kg</a><nav>{links}</nav>'
        f'<a class="lang" hreflang="{other}" lang="{other}" '
        f'href="/language/{other}?back={back}">{h(words("nav.language"))}</a>'
    )


async def missing(request: Request, error: Exception) -> Response:
    """Answer an address that is none of ours with a page that leads on."""
    if not wants_html(request.headers.get("accept", "")):
        return JSONResponse({"error": str(getattr(error, "detail", "not found"))}, 404)
    words = Words(
        preferred(request.cookies.get(COOKIE), request.headers.get("accept-language", ""))
    )
    return HTMLResponse(
        f'<!doctype html><html lang="{words.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>kg</title>'
        '<link rel="stylesheet" href="/kg-static/kg.css"></head><body><main class="main">'
        f'<h1>{h(words("common.missing"))}</h1><p><a href="/">{h(words("nav.ask"))}</a></p>'
        "</main></body></html>",
        404,
    )


def empty_note(view: View) -> None:
    """Say that there is nothing yet."""
    ui.html(h(view.words("common.empty")), sanitize=False, tag="p").classes("note")


def html(text: str, tag: str = "div") -> ui.html:
    """Put HTML of ours into the page: every text from outside has passed :func:`markup.h`."""
    return ui.html(text, sanitize=False, tag=tag)


def address(path: str, **parameters: object) -> None:
    """Show an address for what the page shows now, so that it can be kept and shared."""
    given = "&".join(f"{k}={quote(str(v), safe='')}" for k, v in parameters.items() if v)
    ui.run_javascript(
        f"history.replaceState(null, '', {safe_json(path + ('?' + given if given else ''))})"
    )


def on_data(element: ui.element, name: str, handler: Callable[[Any], Any]) -> None:
    """Call a handler with ``data-NAME`` of whatever is clicked within an element."""
    element.on(
        "click",
        lambda e: handler(e.args),
        js_handler=(
            f"(e) => {{ const it = e.target.closest('[data-{name}]'); "
            f"if (it) {{ e.preventDefault(); emit(it.dataset.{name}); }} }}"
        ),
    )
