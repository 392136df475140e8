"""Which relations a passage is asked about: the examples of llm.yaml, and its terms."""

from __future__ import annotations

import pytest
import yaml

from extractors.errors import ExtractionError
from extractors.llm.relations import load_guide

GUIDE = load_guide()
EXAMPLES = [(r.name, text) for r in GUIDE.relations.values() for text in r.examples]
NEVER = [(r.name, text) for r in GUIDE.relations.values() for text in r.never]


def test_every_relation_has_examples_of_both_kinds():
    assert all(r.examples and r.never for r in GUIDE.relations.values())


@pytest.mark.parametrize(("name", "text"), EXAMPLES)
def test_an_example_asks_about_its_relation(name, text):
    assert name in {r.name for r in GUIDE.relevant(text, ())}


@pytest.mark.parametrize(("name", "text"), NEVER)
def test_a_counterexample_does_not(name, text):
    assert name not in {r.name for r in GUIDE.relevant(text, ())}


def test_the_class_of_a_name_asks_too():
    text = "다온 모델은 이번 주에도 앞섰다."
    assert "scores" not in {r.name for r in GUIDE.relevant(text, ())}
    assert "scores" in {r.name for r in GUIDE.relevant(text, {"Benchmark"})}


def test_two_names_that_may_have_to_do_with_each_other_ask_too():
    text = "다온로보틱스가 나루메카닉스를 품에 안았다."
    assert "acquires" not in {r.name for r in GUIDE.relevant(text, ["Company"])}
    found = {r.name for r in GUIDE.relevant(text, ["Company", "Company"])}
    assert {"acquires", "partnersWith", "supplies"} <= found
    assert "releases" not in found
    assert "releases" in {r.name for r in GUIDE.relevant(text, ["Model", "Company"])}


def test_a_model_is_told_what_the_ontology_says():
    line = GUIDE.relations["worksFor"].line()
    assert line.startswith("- worksFor: Person -> Company | Organization. Holds a post at.")
    assert "role" in line
    assert "-> value." in GUIDE.relations["hasMetric"].line()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda data: data["relations"].pop("uses"), "'uses'"),
        (lambda data: data["relations"]["uses"].update(qualifiers=["colour"]), "'colour'"),
        (lambda data: data["relations"]["uses"].update(classes=["Robot"]), "'Robot'"),
    ],
)
def test_data_that_the_ontology_lacks_is_refused(change, told, tmp_path):
    from extractors.llm import relations as llm_relations

    data = yaml.safe_load(llm_relations._FILE.read_text("utf-8"))
    change(data)
    file = tmp_path / "llm.yaml"
    file.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    with pytest.raises(ExtractionError, match=told):
        load_guide.__wrapped__(file)
