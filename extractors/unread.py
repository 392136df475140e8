"""A sentence or table that a fault of this program's own keeps from being read loses only itself.

Reports are of more kinds than tests are: the rest of a report is worth having, and who reads
it is told what is missing.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from corpus.errors import KgError
from corpus.report import Report

T = TypeVar("T")


class UnreadWarning(UserWarning):
    """What was not read, where it stands and why; an error where warnings are."""


def read_or_warn(
    read: Callable[[], Iterable[T]], report: Report, start: int, end: int
) -> Iterator[T]:
    """Yield what ``read`` tells of ``report.text[start:end]``; if it fails, a warning and no more.

    What the user can mend (:class:`KgError`) is raised as it is.
    """
    try:
        yield from read()
    except KgError:
        raise
    except Exception as error:
        at = error.__traceback__
        while at and at.tb_next:
            at = at.tb_next
        place = f"{at.tb_frame.f_code.co_name}:{at.tb_lineno}" if at else "unknown"
        warnings.warn(
            UnreadWarning(
                f"report {report.id!r}: characters {start} to {end} were not read"
                f" ({type(error).__name__} in {place}); please report this as a bug"
            ),
            stacklevel=1,  # the place in the text tells more than one in the code
        )
