"""The web page: NiceGUI on the same application, its scripts bundled, nothing fetched.

Korean and English; the language and the colours chosen are kept in cookies, nothing is
kept on the server.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from agent.server.pages.texts import LANGUAGES

if TYPE_CHECKING:
    from fastapi import FastAPI

    from agent.server.desk import Desk
    from agent.server.settings import Settings

_STATIC = Path(__file__).parent / "static"


def mount(app: FastAPI, desk: Desk, settings: Settings) -> None:
    """Put the pages on an application; one application a process (NiceGUI is global)."""
    import nicegui
    from fastapi.staticfiles import StaticFiles
    from nicegui import ui
    from starlette.responses import RedirectResponse

    from agent.server.pages import ask, graph, query, reports, series, week
    from agent.server.pages.frame import COOKIE, Site, missing

    app.mount("/kg-static", StaticFiles(directory=_STATIC), name="kg-static")

    @app.get("/language/{code}", include_in_schema=False)
    async def language(code: str, back: str = "/") -> RedirectResponse:
        local = back.startswith("/") and not back.startswith(("//", "/\\"))
        response = RedirectResponse(back if local else "/", 303)
        if code in LANGUAGES:
            response.set_cookie(COOKIE, code, max_age=31_536_000, samesite="strict", httponly=True)
        return response

    site = Site(desk, settings)
    nicegui.app.add_exception_handler(404, missing)
    for page in (ask, week, graph, reports, query, series):
        page.register(site)
    ui.run_with(
        app,
        title="kg",
        favicon=_STATIC / "kg.svg",
        tailwind=False,
        dark=None,
        show_welcome_message=False,
        reconnect_timeout=10.0,
    )
