"""PDFs for the tests of this room: the maker of samples, its fonts registered once."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from corpus import sample_reports
from corpus.readers import read


def _module(name: str) -> ModuleType:
    """Load a module that lies beside the tests and is also run as a script."""
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def files() -> ModuleType:
    """The module that makes HTML, DOCX, HWPX and mail files, and measures round trips."""
    pytest.importorskip("docx", reason="the DOCX files of these tests are made with python-docx")
    return _module("file_samples")


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """The module that makes PDFs; its fonts have all characters that the tests set."""
    pytest.importorskip("reportlab", reason="the PDFs of these tests are made with reportlab")
    module = _module("pdf_samples")
    module.register(module.characters(), tmp_path_factory.mktemp("fonts"))
    return module


@pytest.fixture(scope="session")
def sample_pdfs(samples: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sample corpus set as PDFs, by report id."""
    folder = tmp_path_factory.mktemp("sample-pdfs")
    made = {}
    for source in sample_reports():
        made[source.stem] = folder / f"{source.stem}.pdf"
        samples.make_pdf(read(source), made[source.stem], samples.Setting())
    return made
