"""Warnings as the other messages of ``kg``: one line each, in every process it starts."""

from __future__ import annotations

import warnings


def warn_in_lines() -> None:
    """Let warnings of this process be one line on stderr, without the code that gave them."""
    warnings.formatwarning = lambda message, *_args, **_kwargs: f"kg: {message}\n"
