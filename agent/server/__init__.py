"""HTTP over a workspace: SPARQL protocol, JSON API and web pages in one process.

:mod:`agent.server.app` makes the application, :mod:`agent.server.run` serves it.
"""
