"""HTTP over a workspace: SPARQL protocol, JSON API and web pages in one process.

Imported by `kg serve` alone: FastAPI and NiceGUI are heavy.
"""

from __future__ import annotations

from agent.server.app import create_app
from agent.server.settings import Limits, Settings

__all__ = ["Limits", "Settings", "create_app"]
