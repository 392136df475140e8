"""The command line ``kg``: one sub-module a group of commands.

Exit codes: 0 success · 1 ran, negative finding · 2 usage, configuration or input ·
3 a model or service failed · 70 our bug. An error is one line on stderr.
"""

from __future__ import annotations

import os
import sys
import traceback

from corpus.errors import KgError

_BUG = 70
_INTERRUPTED = 130


def main() -> None:
    """Run ``kg`` and exit with its code; the console script's entry point."""
    sys.exit(run(sys.argv[1:]))


def run(args: list[str]) -> int:
    """Run one command line and return its exit code, never raising."""
    import typer

    from agent.cli.app import app
    from agent.cli.options import debugging

    try:
        result = app(args, standalone_mode=False, prog_name="kg")
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except (typer.Abort, KeyboardInterrupt):
        print("kg: stopped", file=sys.stderr)
        return _INTERRUPTED
    except typer.TyperException as error:  # a wrong option or argument
        message = getattr(error, "format_message", error.__str__)()
        print(f"kg: {' '.join(message.split())} (see `kg --help`)", file=sys.stderr)
        return getattr(error, "exit_code", 2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KgError as error:
        if debugging():
            traceback.print_exc()
        print(f"kg: {error}", file=sys.stderr)
        return error.exit_code
    except Exception as error:
        if debugging():
            traceback.print_exc()
        print(
            f"kg: internal error: {type(error).__name__}: {' '.join(str(error).split())} "
            "(a bug of ours; run again with --debug for the traceback)",
            file=sys.stderr,
        )
        return _BUG
