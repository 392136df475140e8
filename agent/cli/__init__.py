"""The command line ``kg``: one sub-module a group of commands.

Exit codes: 0 success · 1 ran, negative finding · 2 usage, configuration or input ·
3 a model or service failed · 70 our bug. An error is one line on stderr.
"""

from __future__ import annotations

import io
import os
import sys
import traceback

from agent.warned import warn_in_lines
from corpus.errors import KgError

_BUG = 70
_INTERRUPTED = 130
# What is no UTF-8 is told apart and refused where it is read; a message may still show it.
_UNDECODABLE = {True: "surrogateescape", False: "backslashreplace"}


def main() -> None:
    """Run ``kg`` and exit with its code; the console script's entry point.

    Input and output are UTF-8 whatever the terminal's locale says, as documented.
    """
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # none of them when started without a console
            stream.reconfigure(encoding="utf-8", errors=_UNDECODABLE[stream is sys.stdin])
    warn_in_lines()
    sys.exit(run(sys.argv[1:]))


def run(args: list[str]) -> int:
    """Run one command line and return its exit code, never raising."""
    import typer

    from agent.cli.app import app

    try:
        result = app(_debug_first(args), standalone_mode=False, prog_name="kg")
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except BrokenPipeError:
        return _reader_gone()
    except SystemExit as error:  # typer's way to end: a broken pipe, shell completion
        if isinstance(error.__context__, BrokenPipeError):
            return _reader_gone()
        return error.code if isinstance(error.code, int) else 0
    except (typer.Abort, KeyboardInterrupt):
        print("kg: stopped", file=sys.stderr)
        return _INTERRUPTED
    except Exception as error:
        return _told(error)


def _told(error: Exception) -> int:
    """Say on one line of stderr what failed, and return the exit code for it."""
    import typer

    from agent.cli.options import debugging

    if isinstance(error, typer.TyperException):  # a wrong option or argument
        message = getattr(error, "format_message", error.__str__)()
        if message:  # without arguments typer has shown the help already
            print(f"kg: {' '.join(message.split())} (see `kg --help`)", file=sys.stderr)
        return int(getattr(error, "exit_code", 2))
    if debugging():
        traceback.print_exception(error)
    if isinstance(error, KgError):
        print(f"kg: {error}", file=sys.stderr)
        return error.exit_code
    print(
        f"kg: internal error: {type(error).__name__}: {' '.join(str(error).split())} "
        "(a bug of ours; run again with --debug for the traceback)",
        file=sys.stderr,
    )
    return _BUG


def _reader_gone() -> int:
    """End in silence, as `kg … | head` expects: nobody reads on, and that is no failure."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _debug_first(args: list[str]) -> list[str]:
    """Let ``--debug`` stand behind the command too: what is typed after an error."""
    end = args.index("--") if "--" in args else len(args)
    if "--debug" not in args[:end]:
        return args
    return ["--debug", *(a for a in args[:end] if a != "--debug"), *args[end:]]
