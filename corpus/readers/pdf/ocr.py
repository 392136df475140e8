"""Pictures of text into runs, by the ``tesseract`` command with its Korean data."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from corpus.errors import UnreadableReport
from corpus.readers.pdf.joins import spaced
from corpus.readers.pdf.runs import Run

_DPI = 300
_LANGUAGES = "kor+eng"
_SECONDS = 120
"""A page that takes longer is given up."""
_GAP, _HANGUL_GAP = 0.2, 0.55
"""Words are so many ems apart, Hangul syllables of one word at times nearly so."""
_SURE = 30.0
"""Words that tesseract is less sure of (0 to 100) are specks, not words."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of tesseract's table, in points; ``sure`` when it is no speck."""

    left: float
    right: float
    top: float
    bottom: float
    text: str
    sure: bool


def recognise(page: Any, source: str) -> tuple[Run, ...]:
    """Read the lines of an open pypdfium2 page by their looks.

    Raises :class:`UnreadableReport` when tesseract or its Korean data is missing or fails.
    """
    command = _command(source)
    with TemporaryDirectory() as folder:
        base = Path(folder) / "page"
        try:
            subprocess.run(
                [*command, "-", str(base), "-l", _LANGUAGES, "--psm", "1", "--dpi", str(_DPI),
                 "tsv", "txt"],
                input=_picture(page),
                capture_output=True,
                timeout=_SECONDS,
                check=True,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # its threads wait for each other
            )  # fmt: skip
            table, text = (
                base.with_suffix(suffix).read_bytes().decode("utf-8", "replace")
                for suffix in (".tsv", ".txt")
            )
        except (subprocess.SubprocessError, OSError) as exc:
            raise UnreadableReport(
                f"cannot read {source!r}: tesseract failed on a page ({type(exc).__name__}); "
                f"expected it to read {_LANGUAGES}: run it by hand on the page"
            ) from exc
    return _runs(table, _spaces(text))


def _spaces(text: str) -> dict[str, frozenset[int]]:
    """For each line without its spaces, after how many characters they stand.

    Tesseract's table takes each Hangul syllable for a word; its text knows better.
    """
    found: dict[str, frozenset[int]] = {}
    for line in text.splitlines():
        places, length = set(), 0
        for word in line.split():
            length += len(word)
            places.add(length)
        found["".join(line.split())] = frozenset(places)
    return found


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


def _runs(table: str, spaces: Mapping[str, frozenset[int]]) -> tuple[Run, ...]:
    """Tesseract's table of words into lines; its pixels into points."""
    lines: defaultdict[tuple[str, ...], list[_Word]] = defaultdict(list)
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or not cells[11].strip():
            continue
        left, top, width, height = (float(value) * 72 / _DPI for value in cells[6:10])
        sure = float(cells[10]) >= _SURE
        word = _Word(left, left + width, top, top + height, cells[11].strip(), sure)
        lines[tuple(cells[1:5])].append(word)
    return tuple(
        _line(words, spaces) for words in lines.values() if any(word.sure for word in words)
    )


def _line(words: Sequence[_Word], spaces: Mapping[str, frozenset[int]]) -> Run:
    sure = [word for word in words if word.sure]
    heights = sorted(word.bottom - word.top for word in sure)
    size = round(heights[len(heights) // 2] / 0.95)
    bottom = max(word.bottom for word in sure)
    known = spaces.get("".join(word.text for word in words))
    return Run(
        _spaced(words, known) if known is not None else _guessed(sure, size),
        min(word.left for word in sure),
        max(word.right for word in sure),
        min(word.top for word in sure),
        bottom,
        bottom - 0.15 * size,
        float(size),
        False,
        "",
    )


def _spaced(words: Sequence[_Word], spaces: frozenset[int]) -> str:
    """The sure words of a line with spaces where its text has them."""
    pieces: list[str] = []
    length, apart = 0, False
    for word in words:
        if word.sure:
            pieces += [" "] if apart and pieces else []
            pieces.append(word.text)
            apart = False
        length += len(word.text)
        apart = apart or not word.sure or length in spaces
    return "".join(pieces)


def _guessed(words: Sequence[_Word], size: float) -> str:
    """The words of a line that its text does not have, spaced by their gaps and by Kiwi."""
    pieces: list[str] = []
    for i, word in enumerate(words):
        if i and word.left - words[i - 1].right > _gap(words[i - 1].text, word.text) * size:
            pieces.append(" ")
        pieces.append(word.text)
    return spaced("".join(pieces))


def _gap(left: str, right: str) -> float:
    return _HANGUL_GAP if "가" <= left[-1] <= "힣" and "가" <= right[0] <= "힣" else _GAP
