"""Errors of extraction (a branch of :mod:`corpus.errors`)."""

from __future__ import annotations

from corpus.errors import KgError


class ExtractionError(KgError):
    """Extraction data or an extractor is unusable."""


class ServiceFailure(ExtractionError):
    """A model did not answer, or its cap was reached; nothing was stored."""

    exit_code = 3
