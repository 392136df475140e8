"""People and their employers where a title ends the phrase that names both."""

from __future__ import annotations

import pytest

from extractors.names.bracketed_people import headed_firms
from extractors.names.titled_people import Titled, titled_people

KNOWN = {
    "TSMC": "Company",
    "KT": "Company",
    "애플": "Company",
    "씨티증권": "Company",
    "번스타인": "Company",
    "앤트로픽": "Company",
}


@pytest.mark.parametrize(
    ("text", "person", "employer", "cls"),
    [
        ("정민수 KEIT 부연구위원은 저변이 얕다고 봤다.", "정민수", "KEIT", "Organization"),
        ("로렌츠 킴 TSMC 최고재무책임자(CFO)는 답했다.", "로렌츠 킴", "TSMC", "Company"),
        ("이보람 KT미래전략연구실 AIX Lab 소장은 말했다.", "이보람", "KT", "Company"),
        ("박한결 (딥노트 AI CEO)", "박한결", "딥노트 AI", "Company"),
        ("한도윤(리브라칩 대표)", "한도윤", "리브라칩", "Company"),
        ("마이크 로웰(Mike Rowell) 누빅스 AI CEO는 말했다.", "마이크 로웰", "누빅스 AI", "Company"),
        ("서지완 한결대 전자공학과 교수는 우려했다.", "서지완", "한결대", "Organization"),
        ("행사에서 한도윤 맵시전자 부사장이 발표했다.", "한도윤", "맵시전자", "Company"),
        ("번스타인의 마크 라이 애널리스트는 봤다.", "마크 라이", "번스타인", "Company"),
        ("이세철 씨티증권 애널리스트는 봤다.", "이세철", "씨티증권", "Company"),
        ("박민우 전 애플 엔지니어가 창업했다.", "박민우", "애플", "Company"),
        ("나영호 대통령 직속 데이터전략위원회 위원", "나영호", "데이터전략위원회", "Organization"),
        ("박하은 KT그룹 회장은 답했다.", "박하은", "KT", "Company"),
        ("마크 페이퍼마스터 애플 CTO는 답했다.", "마크 페이퍼마스터", "애플", "Company"),
        ("마크 화이트캡 애플 CEO는 답했다.", "마크 화이트캡", "애플", "Company"),
        ("소프리아의 이수정 대표가 뽑혔다.", "이수정", "소프리아", "Company"),
        ("강하나 신임 장관을 임명했다.", "강하나", None, ""),
        ("톰 볼티가 이끄는 번스타인이 보고서를 냈다.", "톰 볼티", None, ""),
        ("문가람이 창업한 회사다.", "문가람", None, ""),
        ("길 마레스 D.A. 홀덴 애널리스트는 봤다.", "길 마레스", "D.A. 홀덴", "Company"),
        (
            "로레인 켈빈 애플 아시아 총괄 및 클라우드 사업 담당 수석부사장은 봤다.",
            "로레인 켈빈",
            "애플",
            "Company",
        ),
        ("KT 반도체센터장 이도윤 박사는 봤다.", "이도윤", "KT", "Company"),
        ("AI 사업 책임자 토머스 그레인 장군이 봤다.", "토머스 그레인", None, ""),
        ("TSMC 최고과학자였던 문가람은 학교로 돌아갔다.", "문가람", None, ""),
        ("KT는 애플 출신의 문가람을 영입했다.", "문가람", None, ""),
        ("KT에서 사업을 맡고 있는 문가람은 이를 부인했다.", "문가람", None, ""),
        ("문가람이 KT를 떠났다.", "문가람", None, ""),
        ("KT 새 대표에 문가람", "문가람", None, ""),
        ("문가람, KT 사장 취임", "문가람", None, ""),
        ("KT 대표는 문가람이 맡는다.", "문가람", None, ""),
    ],
)
def test_person_and_employer(text: str, person: str, employer: str | None, cls: str) -> None:
    assert list(titled_people(text, KNOWN.get)) == [Titled(person, employer, cls)]


@pytest.mark.parametrize(
    "text",
    [
        "국내 반도체 업계 관계자는 수요가 줄었다고 말했다.",
        "우리 회사는 고객사와 대표 제품을 개발했다.",
        "국내 대표 기업인 애플이 올랐다.",
        "중국 최대 메모리 기업의 회장이 사임했다.",
        "지난해보다 이사 수를 늘렸다.",
        "정책과제와 연구원 지원을 늘린다.",
        "Studio Console 사업과 연구 책임자를 뽑았다.",
        "이수정 (     ) 대표가 왔다고 회장은 말했다.",
        "정부가 이끄는 사업이다.",
        "국내 기업을 영입했다.",
        "해외 출신의 인재를 뽑았다.",
        "여기서 대표 제품이 나왔다.",
        "고성장이 물러났다.",
        "반도체가 시장을 떠났다.",
        "시장을 이끄는 반도체는 강하다.",
        "한국은 재직 요건을 완화했다.",
        "지연을 이유로 엔지니어 파견을 줄였다.",
    ],
)
def test_a_title_alone_names_nobody(text: str) -> None:
    assert list(titled_people(text, KNOWN.get)) == []


def test_heads_of_firms_stand_in_brackets() -> None:
    text = "가나 페이코(GN PAYCO, 대표 정유찬, 이하 GN페이코)와 나래재단(이사장 방서진)은 손잡았다."
    headed = [(h.people, h.names) for h in headed_firms(text)]
    assert headed == [(("정유찬",), ("GN페이코", "페이코")), (("방서진",), ("나래재단",))]
    both = next(headed_firms("다라브레인(각자대표 김병현, 박일서)의 모델"))
    assert both.people == ("김병현", "박일서")
    assert list(headed_firms("이 제품(대표 모델)은 잘 팔린다.")) == []
