"""Names of the ontology: classes, predicates, qualifiers, namespaces.

``ontology.ttl`` says the same for other programs, with labels and definitions; a
test holds the two together. Plain constants here keep start-up free of parsing.
"""

from __future__ import annotations

from dataclasses import dataclass

BASE = "https://kg.example/"
ONTOLOGY = BASE + "ontology#"
ENTITY = BASE + "entity/"
CLAIM = BASE + "claim/"
EVIDENCE = BASE + "evidence/"
REPORT = BASE + "report/"
PASSAGE = BASE + "passage/"
ONTOLOGY_GRAPH = BASE + "graph/ontology"
MODEL_GRAPHS = BASE + "graph/llm/"

PREFIXES: dict[str, str] = {
    "kg": ONTOLOGY,
    "ent": ENTITY,
    "claim": CLAIM,
    "report": REPORT,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "schema": "https://schema.org/",
}

CLASSES: tuple[str, ...] = (
    "Company",
    "Organization",
    "Person",
    "Chip",
    "Model",
    "Software",
    "Product",
    "Technology",
    "Benchmark",
    "Paper",
    "Market",
    "Event",
    "Place",
    "Facility",
    "Policy",
    "Concept",
)

AGENTS = frozenset({"Company", "Organization", "Person", "Place"})
"""Classes that can act: a place stands for its government ("미국은 수출을 규제")."""


@dataclass(frozen=True, slots=True)
class Predicate:
    """A relation of the ontology with its labels.

    ``symmetric``: A-p-B also answers B-p-A. ``literal``: the object is a value.
    ``functional``: one value a subject, metric and period, so a new one supersedes.
    """

    name: str
    ko: str
    en: str
    symmetric: bool = False
    literal: bool = False
    functional: bool = False


PREDICATES: dict[str, Predicate] = {
    p.name: p
    for p in (
        Predicate("develops", "개발", "develops"),
        Predicate("releases", "출시", "releases"),
        Predicate("cancels", "취소", "cancels"),
        Predicate("coDevelops", "공동개발", "co-develops"),
        Predicate("partnersWith", "협력", "partners with", symmetric=True),
        Predicate("competesWith", "경쟁", "competes with", symmetric=True),
        Predicate("acquires", "인수", "acquires"),
        Predicate("investsIn", "투자", "invests in"),
        Predicate("supplies", "공급", "supplies"),
        Predicate("purchases", "구매", "purchases"),
        Predicate("ships", "출하", "ships"),
        Predicate("produces", "생산", "produces"),
        Predicate("manufactures", "제조", "manufactures"),
        Predicate("uses", "사용", "uses"),
        Predicate("trainedOn", "학습 자원", "trained on"),
        Predicate("scores", "점수", "scores", functional=True),
        Predicate("hasMetric", "지표", "has metric", literal=True, functional=True),
        Predicate("marketShare", "점유율", "market share", literal=True, functional=True),
        Predicate("marketSize", "시장 규모", "market size", literal=True, functional=True),
        Predicate("changesPrice", "가격 변경", "changes price"),
        Predicate("worksFor", "소속", "works for"),
        Predicate("founded", "설립", "founded"),
        Predicate("locatedIn", "소재", "located in"),
        Predicate("publishes", "발표", "publishes"),
        Predicate("builds", "건설", "builds"),
        Predicate("regulates", "규제", "regulates"),
        Predicate("blocks", "저지", "blocks"),
        Predicate("variantOf", "변형", "variant of"),
        Predicate("partOf", "일부", "part of"),
        Predicate("states", "발언", "states", literal=True),
    )
}

QUALIFIERS: dict[str, str] = {
    "period": "기간",
    "date": "날짜",
    "metric": "지표",
    "partner": "협력사",
    "counterparty": "상대방",
    "product": "제품",
    "role": "직책",
    "rank": "순위",
    "rankChange": "순위 변동",
    "condition": "조건",
    "status": "상태",
    "setting": "설정",
    "topic": "주제",
    "node": "공정",
    "generation": "세대",
    "version": "버전",
    "quantity": "수량",
    "amount": "금액",
    "stake": "지분",
    "duration": "기간 길이",
    "capacity": "용량",
    "cost": "비용",
    "place": "장소",
    "licence": "라이선스",
    "group": "분류",
    "basis": "기준",
    "comparison": "비교 대상",
}
