"""A series drawn as a picture, Korean names included."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.errors import AgentError

if TYPE_CHECKING:
    from agent.replies.series import Point, Series

_MOST = 6  # series in one picture
_SCALES = ((10**12, "조"), (10**8, "억"), (10**4, "만"))
_CURRENCIES = {
    "USD": "달러",
    "KRW": "원",
    "CNY": "위안",
    "JPY": "엔",
    "EUR": "유로",
    "TWD": "대만달러",
}
_UNSAID = {"plan", "forecast", "rumour", "opinion"}


def plot(found: Sequence[Series], target: Path) -> None:
    """Write series of one unit over the reports' dates as a PNG.

    Values that are no facts are drawn hollow. The font is the one that ships with
    ``pylopdf-fonts-ko``, so that 한글 is drawn on any machine.

    Raises:
        AgentError: when the file cannot be written, or the units differ.
    """
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    units = {series.unit for series in found}
    if len(units) > 1:
        raise AgentError(
            f"cannot draw figures of different units together: got {', '.join(sorted(units))}, "
            "expected one; pick one with --metric"
        )
    with mpl.rc_context({"font.family": _font(), "axes.unicode_minus": False}):
        figure, axes = pyplot.subplots(figsize=(9, 4.8), dpi=150)
        try:
            _draw(axes, found[:_MOST])
            figure.autofmt_xdate(rotation=0, ha="center")
            figure.tight_layout()
            figure.savefig(target, format="png", metadata={"Software": "kg"})
        except OSError as exc:
            raise AgentError(
                f"cannot write the picture {str(target)!r}: {exc.strerror or exc}; "
                "expected a folder with room and with leave to write"
            ) from exc
        finally:
            pyplot.close(figure)


def _font() -> str:
    """Make a Korean font known to matplotlib and return its name."""
    from matplotlib import font_manager
    from pylopdf_fonts_ko import sans_path

    path = str(sans_path())
    font_manager.fontManager.addfont(path)
    return str(font_manager.FontProperties(fname=path).get_name())


def _draw(axes: Any, found: Sequence[Series]) -> None:
    scale, word = _scale(found)
    for series in found:
        dates = [point.report.date for point in series.points]
        numbers = [float(point.number) / scale for point in series.points]
        (line,) = axes.plot(dates, numbers, linewidth=1.8, label=series.name, zorder=2)
        for date, number, point in zip(dates, numbers, series.points, strict=True):
            _mark(axes, line.get_color(), date, number, point)
        axes.annotate(
            f"{numbers[-1]:,.6g}",
            (dates[-1], numbers[-1]),
            xytext=(6, 6),
            textcoords="offset points",
            fontsize=9,
            color=line.get_color(),
        )
    dates = sorted({point.report.date for series in found for point in series.points})
    axes.set_xticks(dates if len(dates) <= 12 else dates[:: len(dates) // 8])
    axes.set_ylabel(f"{word} {_CURRENCIES.get(found[0].unit, found[0].unit)}".strip())
    axes.grid(axis="y", alpha=0.25)
    axes.spines[["top", "right"]].set_visible(False)
    axes.margins(x=0.08, y=0.18)
    if len(found) == 1:
        axes.set_title(found[0].name, loc="left", fontsize=13)
    else:
        axes.legend(frameon=False, fontsize=9)


def _mark(axes: Any, color: str, date: Any, number: float, point: Point) -> None:
    said = point.claim.modality in _UNSAID
    axes.scatter(
        [date], [number], s=34, zorder=3, color="white" if said else color, edgecolors=color
    )


def _scale(found: Sequence[Series]) -> tuple[int, str]:
    """Return the Korean scale in which money reads best, 1 for anything else."""
    if found[0].unit not in _CURRENCIES:
        return 1, ""
    most = max(abs(point.number) for series in found for point in series.points)
    return next(((n, word) for n, word in _SCALES if most >= n * 10), (1, ""))
