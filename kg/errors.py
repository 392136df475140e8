"""Errors of the graph, its storage and its search (a branch of :mod:`corpus.errors`).

GraphError
├── WorkspaceError          no workspace here, locked, or damaged
├── UnknownReport           no report of that id
├── UnknownEntity           no entity of that name
├── QueryRefused            not a read-only SPARQL query
├── QueryTimeout            stopped after its time limit
└── EmbedderMismatch        the workspace was indexed with another model
"""

from __future__ import annotations

from corpus.errors import KgError


class GraphError(KgError):
    """The graph, its storage or its search cannot do what was asked."""


class WorkspaceError(GraphError):
    """There is no usable workspace: missing, locked or damaged."""


class UnknownReport(GraphError):
    """The workspace holds no report of that id."""


class UnknownEntity(GraphError):
    """No entity is known by that name."""


class QueryRefused(GraphError):
    """The text is not a read-only SPARQL query."""


class QueryTimeout(GraphError):
    """The query was stopped after its time limit."""


class EmbedderMismatch(GraphError):
    """The workspace's vectors were made by another model."""
