"""Commands that serve the workspace to others: serve, mcp."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from agent.cli.options import DEFAULT_HOME, Home

Port = Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")]
Host = Annotated[str, typer.Option(help="Address to listen on; the default is this machine only.")]
AllowedHost = Annotated[
    list[str] | None,
    typer.Option("--allowed-host", metavar="NAME", help="A name this server may be called by."),
]


class LogFormat(StrEnum):
    """How the log is written to stderr."""

    text = "text"
    json = "json"


def serve(  # noqa: PLR0913, PLR0917 - one parameter an option
    home: Home = DEFAULT_HOME,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    allowed_host: AllowedHost = None,
    processes: Annotated[
        int, typer.Option(min=0, max=64, help="Processes that answer questions.")
    ] = 2,
    write_token: Annotated[
        str | None,
        typer.Option(
            "--write-token",
            envvar="KG_WRITE_TOKEN",
            help="Allow uploads to whoever shows this token; none without it.",
        ),
    ] = None,
    cors: Annotated[
        list[str] | None,
        typer.Option("--cors", metavar="ORIGIN", help="Let pages of this origin ask."),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(
            "--model", metavar="PROVIDER:NAME", help="A LangChain chat model for the answers."
        ),
    ] = None,
    timeout: Annotated[
        float, typer.Option(min=0.1, help="Seconds until a SPARQL query is stopped.")
    ] = 10.0,
    log: Annotated[LogFormat, typer.Option("--log", help="How to log.")] = LogFormat.text,
) -> None:
    """Serve the workspace: web page, SPARQL endpoint, JSON API.

    Everything is read only; only `--write-token` opens uploads. New generations are
    followed without a restart. Nothing is fetched from elsewhere.

    Examples:

    - `kg serve --home team.kg`

    - `kg serve --host 0.0.0.0 --allowed-host kg.team.example --log json`
    """
    from dataclasses import replace

    from agent.server.app import create_app
    from agent.server.run import serve as run
    from agent.server.settings import Limits, Settings

    settings = Settings(
        home=home,
        host=host,
        port=port,
        processes=processes,
        write_token=write_token or None,
        origins=tuple(cors or ()),
        hosts=tuple(allowed_host or ()),
        model=model,
        limits=replace(Limits(), query_seconds=timeout),
    )
    run(create_app(settings), settings, log=log.value)


class Transport(StrEnum):
    """How a program speaks MCP with us."""

    stdio = "stdio"
    http = "http"


def mcp(
    home: Home = DEFAULT_HOME,
    transport: Annotated[
        Transport, typer.Option("--transport", help="stdio, or HTTP at /mcp.")
    ] = Transport.stdio,
    host: Host = "127.0.0.1",
    port: Port = 8001,
    allowed_host: AllowedHost = None,
) -> None:
    """Serve the workspace to language models: the Model Context Protocol, read only.

    Tools: ask, search, entity, path, diff, series, sparql; each report is a resource.

    Examples:

    - `kg mcp --home team.kg`

    - `kg mcp --transport http --port 8001`
    """
    from agent import mcp as server
    from agent.server.settings import Settings

    settings = Settings(
        home=home, host=host, port=port, processes=0, hosts=tuple(allowed_host or ())
    )
    if transport is Transport.stdio:
        server.create(settings).run("stdio")
    else:
        server.serve(settings)


COMMANDS = (serve, mcp)
