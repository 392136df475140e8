"""Where each table stands: its caption, tag line, grid, source and notes, as line numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.captions import caption_of, is_apparatus, note_of, source_of, unit_of
from corpus.grids import Grid
from corpus.lines import Line
from corpus.marks import ends_sentence, mark_of

_MAX_BETWEEN = 3
"""A caption's grid or source is looked for across at most so many other lines of text."""
_BARE_TITLE = re.compile(r"\*\*.{2,60}\*\*|[\[<【〈《].{2,60}[\]>】〉》]")


@dataclass(slots=True)
class Frame:
    """Line numbers of one table; ``subtitle`` and ``extra`` are in reading order.

    ``extra`` holds source, note and unit lines and whatever else lies inside.
    """

    caption: int | None = None
    subtitle: list[int] = field(default_factory=list)
    grid: Grid | None = None
    extra: list[int] = field(default_factory=list)

    def numbers(self) -> list[int]:
        """Return the first and last line of every part, unsorted."""
        found = [*self.subtitle, *self.extra]
        if self.caption is not None:
            found.append(self.caption)
        if self.grid:
            found += [self.grid.first, self.grid.last]
        return found

    @property
    def first(self) -> int:
        """The first line that belongs to the table."""
        return min(self.numbers())

    @property
    def last(self) -> int:
        """The last line that belongs to the table."""
        return max(self.numbers())


def find_frames(text: str, lines: Sequence[Line], grids: Sequence[Grid]) -> list[Frame]:
    """Join captions and grids into frames, in reading order, none overlapping."""
    return _Finder(text, lines, grids).find()


class _Finder:
    """One pass down the lines; ``frames`` grows, the last one may still take lines."""

    def __init__(self, text: str, lines: Sequence[Line], grids: Sequence[Grid]) -> None:
        self.text = text
        self.lines = lines
        self.grid_at = {grid.first: grid for grid in grids}
        self.frames: list[Frame] = []

    def find(self) -> list[Frame]:
        number = 0
        while number < len(self.lines):
            frame = self._frame_at(number)
            if frame is None:
                number += 1
                continue
            if frame not in self.frames:
                self.frames.append(frame)
            self._take_after(frame)
            number = frame.last + 1
        return self.frames

    def _frame_at(self, number: int) -> Frame | None:
        grid = self.grid_at.get(number)
        if grid:
            return self._bare(grid)
        line = self.lines[number]
        if line.blank or not caption_of(line.text):
            return None
        return self._below(number) or self._captioned(number)

    def _bare(self, grid: Grid) -> Frame:
        """A grid without a label: a title or unit line right above it still belongs to it."""
        frame = Frame(grid=grid)
        taken = self.frames[-1].last if self.frames else -1
        above = self._text_line(grid.first - 1, step=-1)
        if above is None or above <= taken or grid.first - above > 2:
            return frame
        if unit_of(self.lines[above].text) and is_apparatus(self.lines[above].text):
            frame.extra.append(above)
        elif _BARE_TITLE.fullmatch(self.lines[above].span.of(self.text)):
            frame.caption = above
        return frame

    def _text_line(self, number: int, *, step: int) -> int | None:
        while 0 <= number < len(self.lines):
            if not self.lines[number].blank:
                return number
            number += step
        return None

    def _below(self, number: int) -> Frame | None:
        """The uncaptioned grid just above, when this caption has no grid just below it."""
        if not self.frames or self.frames[-1].caption is not None:
            return None
        frame = self.frames[-1]
        after = self._text_line(number + 1, step=1)
        if number - frame.last > 2 or frame.grid is None or after in self.grid_at:
            return None
        frame.caption = number
        return frame

    def _captioned(self, number: int) -> Frame:
        """Read on from a caption to its grid or its source line."""
        frame = Frame(caption=number)
        between: list[int] = []
        after = self._text_line(number + 1, step=1)
        while after is not None and len(between) <= _MAX_BETWEEN:
            line = self.lines[after]
            if after in self.grid_at:
                frame.grid = self.grid_at[after]
                break
            if source_of(line.text):
                frame.extra.append(after)
                break
            if caption_of(line.text) or self._hard(after) or len(line.text) > 260:
                return self._loose(frame, between)
            if is_apparatus(line.text):
                frame.extra.append(after)
            else:
                between.append(after)
            after = self._text_line(after + 1, step=1)
        if frame.grid is None and not any(source_of(self.lines[n].text) for n in frame.extra):
            return self._loose(frame, between)
        self._subtitled(frame, between)
        return frame

    def _hard(self, number: int) -> bool:
        """Whether a line is unmistakably a heading, by its printed or its Markdown mark."""
        line = self.lines[number]
        raw = line.span.of(self.text)
        return mark_of(line.text, sure=True) is not None or mark_of(raw, sure=True) is not None

    def _subtitled(self, frame: Frame, between: list[int]) -> None:
        for position, number in enumerate(between):
            adjacent = position == 0 or number == frame.subtitle[-1] + 1
            if len(frame.subtitle) == position and adjacent:
                frame.subtitle.append(number)
            else:
                frame.extra.append(number)

    def _loose(self, frame: Frame, between: list[int]) -> Frame:
        """Neither grid nor source follows: only a tag line right below is surely the table's."""
        number = frame.caption if frame.caption is not None else 0
        frame.extra = [n for n in frame.extra if n == number + 1]
        if between and between[0] == number + 1:
            text = self.lines[number + 1].text
            if len(text) <= 120 and not ends_sentence(text):
                frame.subtitle.append(number + 1)
        return frame

    def _take_after(self, frame: Frame) -> None:
        """Take the source, note and unit lines (and an inner caption) that follow."""
        after = self._text_line(frame.last + 1, step=1)
        while after is not None and after not in self.grid_at:
            line = self.lines[after]
            if not is_apparatus(line.text) and not self._inner(frame, after):
                return
            frame.extra.append(after)
            after = self._text_line(after + 1, step=1)

    def _inner(self, frame: Frame, number: int) -> bool:
        """A caption in the other script ("Table 1 |") between a captioned grid and its source."""
        caption = caption_of(self.lines[number].text)
        if not caption or frame.caption is None or frame.grid is None:
            return False
        own = caption_of(self.lines[frame.caption].text)
        after = self._text_line(number + 1, step=1)
        if not own or own.word.isascii() == caption.word.isascii() or after is None:
            return False
        follows = self.lines[after].text
        return source_of(follows) is not None or note_of(follows) is not None
