"""A question for a firm's figure is answered with its own, or by saying that there is none."""

REPORT = """# 커스텀 칩 주간 2026-03-05

## 브로드컴

브로드컴의 2027년 AI 반도체 매출은 1,000억 달러로 전망된다.

## 마벨

마벨의 2027년 네트워크 매출은 90억 달러로 전망된다.
"""


def test_the_figure_of_another_firm_is_no_answer(written_reports):
    answerer = written_reports(REPORT)
    own = answerer.ask("브로드컴의 2027년 AI 반도체 매출은 얼마인가?")
    assert "1,000억 달러" in own.text
    other = answerer.ask("엔비디아의 2027년 AI 반도체 매출은 얼마인가?")
    assert "1,000억" not in other.text
    assert "1,000억" not in answerer.ask("마벨의 2027년 AI 반도체 매출은 얼마인가?").text


def test_what_a_card_on_one_firm_tells_is_told_of_it(written_reports):
    answerer = written_reports(
        "---\ndate: 2026-03-05\n---\n\n# 브로드컴\n\n## 실적\n\n- 매출: 193억 달러\n- 직원 수: 3만 명\n"
    )
    answer = answerer.ask("브로드컴의 매출은?")
    assert "브로드컴의 매출은 193억 달러입니다" in answer.text
