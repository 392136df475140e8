"""Pictures of text into runs, by the ``tesseract`` command with its Korean data."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from corpus.errors import UnreadableReport
from corpus.readers.pdf.joins import spaced
from corpus.readers.pdf.runs import Run

_DPI = 300
_LANGUAGES = "kor+eng"
_SECONDS = 120
"""A page that takes longer is given up."""
_GAP, _HANGUL_GAP = 0.2, 0.55
"""Words are so many ems apart. Where tesseract takes each Hangul syllable for a word, only a
wider gap is sure to part two: Kiwi spaces the rest."""
_TORN, _TIGHT = 0.35, 0.12
"""A line is so torn when more of its words are single syllables; else words touch at no more."""
_SURE = 30.0
"""Words that tesseract is less sure of (0 to 100) are specks, not words."""


def recognise(page: Any, source: str) -> tuple[Run, ...]:
    """Read the lines of an open pypdfium2 page by their looks.

    Raises :class:`UnreadableReport` when tesseract or its Korean data is missing or fails.
    """
    command = _command(source)
    try:
        done = subprocess.run(
            [*command, "-", "-", "-l", _LANGUAGES, "--psm", "1", "--dpi", str(_DPI), "tsv"],
            input=_picture(page),
            capture_output=True,
            timeout=_SECONDS,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # its threads wait for each other
        )
    except (subprocess.SubprocessError, OSError) as exc:
        raise UnreadableReport(
            f"cannot read {source!r}: tesseract failed on a page ({type(exc).__name__}); "
            f"expected it to read {_LANGUAGES}: run it by hand on the page"
        ) from exc
    return _runs(done.stdout.decode("utf-8", "replace"))


def _command(source: str) -> list[str]:
    found = shutil.which("tesseract")
    known = ""
    if found:
        known = subprocess.run(
            [found, "--list-langs"], capture_output=True, text=True, check=False
        ).stdout
    if not found or "kor" not in known.split():
        raise UnreadableReport(
            f"cannot read {source!r}: its pages are pictures and tesseract with 'kor' is not "
            "installed; expected both for OCR: install tesseract-ocr and tesseract-ocr-kor"
        )
    return [found]


def _picture(page: Any) -> bytes:
    """The page as a portable pixmap, which needs no imaging library."""
    bitmap = page.render(scale=_DPI / 72, rev_byteorder=True)
    width, height, stride, channels = bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels
    raw = bytes(bitmap.buffer)
    rows = []
    for y in range(height):
        row = raw[y * stride : y * stride + width * channels]
        if channels == 1:
            rows.append(bytes(value for value in row for _ in range(3)))
        else:
            pixels = bytearray(width * 3)
            for channel in range(3):
                pixels[channel::3] = row[channel::channels]
            rows.append(bytes(pixels))
    return b"P6 %d %d 255\n" % (width, height) + b"".join(rows)


def _runs(table: str) -> tuple[Run, ...]:
    """Tesseract's table of words into lines; its pixels into points."""
    lines: defaultdict[tuple[str, ...], list[tuple[float, float, float, float, str]]]
    lines = defaultdict(list)
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or not cells[11].strip() or float(cells[10]) < _SURE:
            continue
        left, top, width, height = (float(value) * 72 / _DPI for value in cells[6:10])
        word = (left, left + width, top, top + height, cells[11].strip())
        lines[tuple(cells[1:5])].append(word)
    return tuple(_line(words) for words in lines.values())


def _line(words: list[tuple[float, float, float, float, str]]) -> Run:
    words.sort()
    heights = sorted(bottom - top for _, _, top, bottom, _ in words)
    size = round(heights[len(heights) // 2] / 0.95)
    bottom = max(word[3] for word in words)
    return Run(
        _spelled(words, size),
        words[0][0],
        words[-1][1],
        min(word[2] for word in words),
        bottom,
        bottom - 0.15 * size,
        float(size),
        False,
        "",
    )


def _spelled(words: Sequence[tuple[float, float, float, float, str]], size: float) -> str:
    """The words of a line, spaced as tesseract does, or by gaps and Kiwi where it cannot."""
    hangul = [word[4] for word in words if "가" <= word[4][0] <= "힣"]
    torn = sum(1 for word in hangul if len(word) == 1) > _TORN * len(hangul)
    pieces: list[str] = []
    for i, word in enumerate(words):
        wide = _gap(words[i - 1][4], word[4]) if torn else _TIGHT
        if i and word[0] - words[i - 1][1] > wide * size:
            pieces.append(" ")
        pieces.append(word[4])
    text = "".join(pieces)
    return spaced(text) if torn else text


def _gap(left: str, right: str) -> float:
    return _HANGUL_GAP if "가" <= left[-1] <= "힣" and "가" <= right[0] <= "힣" else _GAP
