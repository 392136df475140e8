"""Warnings as one line each, like the other messages of ``kg``."""

from __future__ import annotations

import subprocess
import sys

GIVES = (
    "import warnings; from {0} import {1}; {1}(); warnings.warn('3쪽을 읽지 못했다', stacklevel=1)"
)


def _warned(module: str, function: str) -> str:
    told = GIVES.format(module, function)
    run = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", told],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return run.stderr


def test_a_warning_is_one_line() -> None:
    assert _warned("agent.warned", "warn_in_lines") == "kg: 3쪽을 읽지 못했다\n"


def test_so_it_is_in_a_process_that_reads_reports() -> None:
    assert _warned("agent.ingest", "_begin") == "kg: 3쪽을 읽지 못했다\n"
