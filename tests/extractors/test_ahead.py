"""Sentences analysed ahead are those that were to be read, with the names found by then."""

from corpus.clean import clean
from corpus.report import Span
from corpus.sentences import Sentence
from extractors.context.ahead import Ahead, analyse
from extractors.context.scene import Named
from extractors.context.worth import may_tell
from kg.claim import Entity

FIRM, PLANT = Entity("x_a", "Company", "가온"), Entity("x_b", "Facility", "나래온 공장")
TEXTS = ["가온은 칩을 판다.", "날씨가 맑다.", "나래온 공장은 3월에 문을 연다."]
READ = [Sentence((), Span(0, len(text)), clean(text), "prose") for text in TEXTS]
EARLY: list[list[Named]] = [[(FIRM, 0, 2)], [], []]
LATE: list[list[Named]] = [[(FIRM, 0, 2)], [], [(PLANT, 0, 6)]]


def test_what_is_not_worth_reading_is_left_out() -> None:
    tokens = list(Ahead(READ, EARLY).morphemes(EARLY, [True, False, True]))
    assert tokens == list(analyse([TEXTS[0], TEXTS[2]], [EARLY[0], EARLY[2]]))


def test_a_sentence_in_which_a_name_became_known_is_analysed_once_more() -> None:
    _, late = Ahead(READ, EARLY).morphemes(LATE, [True, False, True])
    assert (late[0].tag, late[0].start, late[0].end) == ("NNP", 0, 6)


def test_a_sentence_that_became_worth_reading_is_analysed_then() -> None:
    tokens = list(Ahead(READ, EARLY).morphemes(LATE, [True, True, True]))
    assert tokens == list(analyse(TEXTS, LATE))


def test_a_heading_that_names_nobody_is_not_analysed() -> None:
    heading = Sentence((), Span(0, 9), clean("2. 내년 전망"), "heading")
    named = Sentence((), Span(0, 9), clean("가온의 내년 전망"), "heading")
    assert not may_tell(heading, [])
    assert may_tell(named, [(FIRM, 0, 2)])
