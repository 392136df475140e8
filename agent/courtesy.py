"""Letting those go first who wait for answers.

Nothing heavy is imported here: whoever ingests asks before it loads what reads reports.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.workspace import Workspace

_NICE = 10
"""A tenth of the weight of those who answer: they stay quick, and it gets on."""


def give_way(workspace: Workspace) -> None:
    """Let those go first who read the workspace meanwhile.

    For a process that ingests and ends: it stays so much slower where processors are scarce.
    Asked before it opens the workspace itself.
    """
    if hasattr(os, "nice") and workspace.is_read:
        os.nice(_NICE)
