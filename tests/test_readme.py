"""README's transcripts are real: each is run on the sample corpus and compared.

``KG_UPDATE_README=1 pytest tests/test_readme.py`` writes them anew.
"""

from __future__ import annotations

import json
import os
import re
import shlex
from pathlib import Path

import pytest

from agent.cli import run

ROOT = Path(__file__).parent.parent
READMES = [ROOT / "README.md", ROOT / "docs" / "README.ko.md"]
BLOCK = re.compile(r"<!-- transcript: (?P<name>\w+) -->\n(?P<body>.*?)<!-- /transcript -->", re.S)
COMMANDS = {
    "ask": [
        'kg ask "TPU를 구글과 함께 만드는 회사는?"',
        'kg ask "SK하이닉스의 4분기 영업이익은?"',
        'kg ask "테슬라의 2030년 매출은?"',
    ],
    "sparql": [
        'kg sparql "SELECT ?developer ?chip ?partner (MIN(?date) AS ?first) WHERE {\n'
        "    ?claim rdf:predicate kg:coDevelops ; kg:modality 'fact' ; kg:partner ?partner ;\n"
        "           rdf:subject/skos:prefLabel ?developer ; rdf:object/skos:prefLabel ?chip ;\n"
        "           prov:wasDerivedFrom/dcterms:isPartOf/dcterms:date ?date .\n"
        "    FILTER(lang(?developer) = 'ko' && lang(?chip) = 'ko')\n"
        '  } GROUP BY ?developer ?chip ?partner ORDER BY ?developer ?chip"'
    ],
    "diff": ["kg diff 2025-01-27 2025-02-03 --top 9"],
}


def transcript(name, home, capsys):
    lines = []
    for command in COMMANDS[name]:
        capsys.readouterr()
        run([*shlex.split(command)[1:], "--home", str(home)])
        lines.append(f"$ {command}\n{capsys.readouterr().out.rstrip()}\n")
    return "```text\n" + "\n".join(lines) + "```\n"


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
@pytest.mark.parametrize("name", COMMANDS)
def test_transcript_is_real(readme, name, sample_home, capsys):
    text = readme.read_text(encoding="utf-8")
    blocks = {match["name"]: match for match in BLOCK.finditer(text)}
    real = transcript(name, sample_home, capsys)
    if os.environ.get("KG_UPDATE_README"):
        start, end = blocks[name].span("body")
        readme.write_text(text[:start] + real + text[end:], encoding="utf-8")
        return
    assert blocks[name]["body"] == real


def test_speed_is_that_of_the_kept_figures():
    figures = json.loads((ROOT / "tests" / "bench" / "figures.json").read_text(encoding="utf-8"))
    text = READMES[0].read_text(encoding="utf-8")
    table = text[text.index("<!-- speed -->") : text.index("<!-- /speed -->")]
    ratios = re.findall(r"\| (\d+\.\d\d) \|$", table, re.M)
    kept = [figures[name]["ratio"] for name in ("ask_cold", "ingest", "extract", "lookup")]
    assert ratios == [f"{ratio:.2f}" for ratio in (*kept, figures["jobs"]["speed_up"])]


def test_both_readmes_tell_the_same_shares_of_what_is_found():
    limits = ("## Limits", "## 한계")
    texts = [
        readme.read_text(encoding="utf-8").partition(heading)[2]
        for readme, heading in zip(READMES, limits, strict=True)
    ]
    english, korean = (re.findall(r"\d+%", text) for text in texts)
    assert english
    assert english == korean
