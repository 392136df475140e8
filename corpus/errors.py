"""The error tree of the whole program.

KgError                     any failure that is not our bug; its message is one line
├── CorpusError             a report cannot be read
│   ├── UnreadableReport    bytes that are no report of the format they claim
│   └── UndatedReport       no date in the report, its name or the options
├── GraphError (kg.errors)
├── ExtractionError (extractors.errors)
└── AgentError (agent.errors)

Messages say what failed, the value with ``!r``, what was expected and what to do.
"""

from __future__ import annotations


class KgError(Exception):
    """A failure told to the user in one line; ``exit_code`` is the process's."""

    exit_code = 2


class CorpusError(KgError):
    """A report cannot be read."""


class UnreadableReport(CorpusError):
    """The bytes are not a report of the format they claim to be."""


class UndatedReport(CorpusError):
    """Neither the report, its file name nor the options give a date."""
