"""Errors of answering and of the command line (a branch of :mod:`corpus.errors`)."""

from __future__ import annotations

from corpus.errors import KgError


class AgentError(KgError):
    """A question cannot be processed."""


class ModelFailure(AgentError):
    """A language model or other service failed."""

    exit_code = 3
