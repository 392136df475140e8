"""A PDF of two hundred pages: bounded in processor time and memory, and no slower a page than a short one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

PAGES, SECONDS, MEGABYTES, RATIO = 200, 60, 1024, 3.0
MEASURE = """
import json, resource, sys, time
from pathlib import Path
from corpus.readers import read
def seconds(path):
    begun = time.process_time()
    report = read(Path(path))
    return time.process_time() - begun, len(report.pages), len(report.text)
seconds(sys.argv[1])
short, few, _ = seconds(sys.argv[1])
long, many, letters = seconds(sys.argv[2])
# The peak of this program alone: ru_maxrss also counts the parent that started it.
status = Path("/proc/self/status")
told = status.read_text().partition("VmHWM:")[2].split()[:1] if status.exists() else []
peak = int(told[0] if told else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024
print(json.dumps([short / few, long / many, long, many, letters, peak]))
"""


def joined(parts: list[Path], target: Path, pages: int) -> Path:
    """Write the pages of several PDFs into one, again from the first, until there are enough."""
    import pypdfium2

    target_document = pypdfium2.PdfDocument.new()
    while len(target_document) < pages:
        for part in parts:
            with pypdfium2.PdfDocument(part) as document:
                target_document.import_pages(document)
    target_document.save(target)
    target_document.close()
    return target


@pytest.mark.slow
def test_two_hundred_pages_are_read_in_a_minute_and_a_gibibyte(
    sample_pdfs: dict[str, Path], tmp_path: Path
) -> None:
    parts = list(sample_pdfs.values())
    long = joined(parts, tmp_path / "long-2025-01-06.pdf", PAGES)
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(parts[0]), str(long)],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    short, each, seconds, pages, letters, peak = json.loads(done.stdout)
    assert pages >= PAGES
    assert letters > 100_000
    assert seconds < SECONDS
    assert peak < MEGABYTES
    assert each < RATIO * short, f"{each:.3f} s a page, {short:.3f} in a short document"
    print(f"{pages} pages: {seconds:.1f} s, {peak:.0f} MiB, {each / short:.2f} of a short one's")
