"""Whose sentence it is: one that names another thing of the kind asked about is of that."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from agent.evidence.fitness import focus_said
from agent.evidence.others import SUBJECT, TOPIC, Others
from agent.questions.linking import Link, fold, says
from agent.replies.sayings import asks_saying, spoken
from agent.words import data, pattern, relation_words, synonyms, unit_words, word_set
from kg.vocab import PREDICATES

if TYPE_CHECKING:
    from agent.answerer import Answerer
    from agent.evidence.quotes import Quote
    from agent.questions.question import Question
    from agent.questions.ways import Word
    from corpus.report import Row
    from kg.claim import Claim


_OPENING = 40  # characters in which a sentence says what it is about
_FIRMS = frozenset({"Company", "Organization"})
_DOERS_OR_GOODS = _FIRMS | {"Chip", "Product", "Model", "Software"}
_OF_ONE = frozenset(
    {"opinion", "numeric", "temporal", "person", "reason"}
)  # asked of the one thing named
_NAMED, _WORDS, _BOTH, _ALL = 0.75, 0.3, 0.85, 0.99
_IN_ROW = 0.5  # of the words of a question for yes or no, in a row that answers
_ASKED = (
    r"(?:은|는|이|가|을|를)?\s?(?:대략 |약 |총 |모두 )?"
    r"(?:(?:얼마|몇|어떻|어느|누구|뭐|무엇)\S*\s?\S{0,6})?\s*\?*$"
)
_DONE_TO = re.compile(r"(?:을|를|에(?!\s(?:대|관|따[라르]))|에게)\s")
_SIZE = re.compile(r"\d+(?:\.\d+)?(?:nm|나노|gb|tb|단|세대|bit|비트)", re.I)
_CORE = re.compile(r"(?:은|는|이|가|을|를|의)\s")
_BESIDE = re.compile(r"(?:에|에서|에게|와|과|와의|과의|보다|처럼)\s")
_ACTING = re.compile(r"(?:은|는|이|가)\s")
_OBJECT = re.compile(r"([가-힣A-Za-z0-9]{3,}?)(?:을|를)\s")
_COMPOUND = 2  # words in what looks like a name
_UNKNOWN_TOPIC = re.compile(r"([가-힣A-Za-z0-9]{3,}?)(?:은|는)\s")
_JOINED = re.compile(r"(?:\([^)]*\))?\s?(?:와|과|하고|이랑|랑|,|·|및)\s?")
_PASSIVE = re.compile(r"(?:됐|되었|된|되는|당했|당한)\S*\s*\??$")


def tells_of_attribute(question: Question, quote: Quote) -> bool:
    """Tell whether a sentence may answer what one thing's attribute is ("가나의 수율은?").

    It names that thing, or the text around does, and it says a word of what is asked.
    """
    if quote.unit.row is not None or not asks_attribute(question):
        return True
    if not question.links:
        return focus_said(question, quote.unit)[0] > 0 and _in_parts(question, quote)
    if rate := _rate(question):  # for which no other figure stands
        said, words = says(quote.unit.folded + quote.unit.around, rate), False
    else:
        said = max(focus_said(question, quote.unit)) > 0
        words = quote.words >= _WORDS and not question.horizon
    return (said or words) and (quote.names >= _NAMED or _in_parts(question, quote))


def _rate(question: Question) -> tuple[str, ...]:
    """The folded words for the rate asked for, if one is: 수율, 가동률."""
    focus = question.focus or ""
    found = re.search(rf"{re.escape(focus)}[율률]?(?![가-힣]*[율률])", question.text)
    rate = found[0] if found and focus else ""
    if not rate.endswith(("율", "률")) or rate in word_set("amounts"):
        return ()
    return tuple(map(fold, (rate, *synonyms(rate), *unit_words(rate))))


def _in_parts(question: Question, quote: Quote) -> bool:
    """Whether all words of the thing's name stand around a sentence ("가나 대전 공장")."""
    around = fold(" ".join((*quote.unit.section, quote.unit.before, quote.text)))
    name = question.links[0].text if question.links else question.owners[0]
    words = name.split()
    return (len(words) > 1 or not question.links) and all(fold(word) in around for word in words)


def asks_attribute(question: Question) -> bool:
    """Whether a question ends in what it asks of the one thing that it names."""
    kinds = question.kind in ("numeric", "lookup", "person") and question.language == "ko"
    of_kind = not question.classes or question.classes == ("Person",)
    names = [link.text for link in question.links] or list(question.owners)
    if not (kinds and of_kind and len(names) == 1 and question.focus):
        return False
    after = question.text.partition(names[0])[2]
    return re.search(rf"^의?\s.*{re.escape(question.focus)}{_ASKED}", after, re.I) is not None


def tells_deed(question: Question, quote: Quote, answerer: Answerer) -> bool:
    """Tell whether a sentence may answer what somebody did: it says a word of it, and of whom."""
    if not question.links or not pattern("what_done").search(question.text):
        return True
    words, unit = answerer.words_of(question)[0], quote.unit
    said = not words or any(word.said(unit.folded, unit.letters) for word in words)
    return said and quote.names > 0


def tells_event(question: Question, quote: Quote, answerer: Answerer) -> bool:
    """Tell whether a sentence may answer when something was: it says that itself, of that thing."""
    if question.kind != "temporal" or len(question.links) != 1 or quote.unit.row is not None:
        return True
    words, unit, link = answerer.words_of(question)[0], quote.unit, question.links[0]
    if words and not any(word.said(unit.folded, unit.letters) for word in words):
        return False
    own = [k for k in answerer.linker.find(quote.text) if set(k.entities) & set(link.entities)]
    beside = bool(own) and all(_BESIDE.match(quote.text, k.end) for k in own)
    return not (beside and _CORE.match(question.text, link.end))


def names_all(question: Question, quote: Quote, answerer: Answerer) -> bool:
    """Tell whether a sentence or row may say yes or no of several: it speaks of each of them.

    It names itself what something is done to, for Korean only drops who does it. Of two firms
    it says what is asked of them, and names both, or one and no third; a row says it always.
    """
    if question.kind != "boolean":
        return True
    words, names = answerer.words_of(question)
    unit = quote.unit
    said = not words or any(word.said(unit.folded, unit.letters) for word in words)
    if (
        unit.row is not None
        and words
        and quote.words < _IN_ROW
        and not _tells_move(question, quote)
    ):
        return False
    if not _says_object(question, unit.folded + unit.around, words):
        return False
    if len(question.links) + len(question.owners) < 2:
        unknown = question.owners if not question.links else ()
        near = all(fold(owner) in unit.folded + unit.around for owner in unknown)
        nouns = [w for w in words if w.term.tag.startswith("NN")]  # "금값 올랐어?": of nothing else
        of_it = not nouns or any(w.said(unit.folded, unit.letters) for w in nouns)
        return near and (quote.names > 0 if question.links else of_it)
    classes = [{answerer.classes.get(e) for e in k.entities} for k in question.links]
    for link, of, of_one in zip(question.links, classes, names, strict=True):
        done_to = _DONE_TO.match(question.text, link.end)
        headed = fold(" ".join((unit.text, *unit.section[-1:])))
        where = headed if done_to and of <= _FIRMS else unit.folded + unit.around
        if of <= _DOERS_OR_GOODS and not says(where, of_one):
            return False
    disputed = pattern("disputes").search(quote.text) is not None
    if len(names) < 2 or not all(c <= _FIRMS for c in classes):
        return True
    if unit.row is not None or quote.names >= _ALL:
        other = _told_of_another(question, quote.text, words, answerer)
        plain = said and not (other or _told_alike(question, quote.text, answerer))
        return plain or disputed
    told = disputed or focus_said(question, quote.unit)[0] > 0
    own = not (_rivals(question, quote, answerer) or _other_role(question, quote, answerer))
    return quote.names >= _BOTH and told and own


def _tells_move(question: Question, quote: Quote) -> bool:
    """Whether a row has a column of changes, where a question is whether something rose."""
    form, table = data("forms")["growth"], quote.unit.table
    asked = re.search(form["whether"], question.text) is not None
    columns = table.columns if table else ()
    return asked and any(re.search(form["change"], column) for column in columns)


def _says_object(question: Question, told: str, words: Sequence[Word]) -> bool:
    """Whether a text says what a question asks yes or no of, where no name is known for it."""
    for match in _OBJECT.finditer(question.text):
        named = any(k.start < match.end(1) and match.start(1) < k.end for k in question.links)
        parts = [w for w in words if match.start(1) <= w.term.start < match.end(1)]
        unknown = match[1] in question.owners or len(parts) >= _COMPOUND
        if named or not unknown or fold(match[1]) in told:
            continue
        if not all(w.said(told, "") for w in parts):
            return False
    return True


def _told_alike(question: Question, text: str, answerer: Answerer) -> bool:
    """Whether a sentence tells one thing of two firms, of which one does it to the other."""
    ends = [link.end for link in question.links]
    if any(_JOINED.match(question.text, end) for end in ends):
        return False
    own = set(question.entities)
    links = [k for k in answerer.linker.find(text) if own & set(k.entities)]
    return any(_JOINED.fullmatch(text[a.end : b.start]) for a, b in pairwise(links))


def is_turned_round(question: Question, claim: Claim) -> bool:
    """Tell whether a claim has one do what a question asks if it is done to that one."""
    if PREDICATES[claim.predicate].symmetric or _PASSIVE.search(question.text):
        return False
    links, text = question.links, question.text
    acting = {e for k in links if _ACTING.match(text, k.end) for e in k.entities}
    done_to = {e for k in links if _DONE_TO.match(text, k.end) for e in k.entities}
    return claim.subject.id in done_to and claim.object is not None and claim.object.id in acting


def acts_in_row(
    question: Question, row: Row, heads: Sequence[str], names: Sequence[Collection[str]]
) -> bool:
    """Tell whether one to whom something is done in a question stands among a row's doers.

    A plan of 가나's own (주체: 가나) tells nobody who invests in 가나.
    """
    doers = data("forms")["things"]["doers"]
    acting = [fold(c.text) for c in row.cells if re.match(doers, "".join(heads[c.column :][:1]))]
    return any(says(cell, of_one) for of_one in done_to_names(question, names) for cell in acting)


def done_to_names(
    question: Question, names: Sequence[Collection[str]]
) -> Iterator[Collection[str]]:
    """Give the names of those to whom or which something is done in a question ("가나에 …")."""
    for link, of_one in zip(question.links, names, strict=True):
        if _DONE_TO.match(question.text, link.end):
            yield of_one


def _rivals(question: Question, quote: Quote, answerer: Answerer) -> bool:
    """Whether a sentence names a firm that is not asked of."""
    own = set(question.entities)
    others = (k for k in answerer.linker.find(quote.text) if not own & set(k.entities))
    return any(answerer.classes.get(e) in _FIRMS for k in others for e in k.entities)


def _other_role(question: Question, quote: Quote, answerer: Answerer) -> bool:
    """Whether a firm does in a sentence what in the question is done to it."""
    done_to = {
        e for k in question.links if _DONE_TO.match(question.text, k.end) for e in k.entities
    }
    links = (k for k in answerer.linker.find(quote.text) if done_to & set(k.entities))
    return any(SUBJECT.match(quote.text, k.end) or TOPIC.match(quote.text, k.end) for k in links)


def _told_of_another(
    question: Question, text: str, words: Sequence[Word], answerer: Answerer
) -> bool:
    """Whether the firm before every word of what is asked is none asked of: "다라 합병 후 가나"."""
    firms = [
        link
        for link in answerer.linker.find(text)
        if any(answerer.classes.get(e) in _FIRMS for e in link.entities)
    ]
    said = {way for word in words for way in (*word.direct, *word.kin) if len(way) > 1}
    places = [m.start() for way in said for m in re.finditer(re.escape(way), text.casefold())]
    before = [[k for k in firms if k.end <= place][-1:] for place in places]
    own = set(question.entities)
    return bool(before) and all(k and not own & set(k[0].entities) for k in before)


def _is_of(claim: Claim, question: Question) -> bool:
    """Whether a claim has on a side each thing that a question says does it, known or not."""
    text, ends = question.text, [claim.subject, *([claim.object] if claim.object else [])]
    labels = fold(" ".join((*(e.label for e in ends), *claim.qualifiers.values())))
    acting = [k for k in question.links if _ACTING.match(text, k.end)]
    unknown = [o for o in question.owners if _ACTING.match(text, text.find(o) + len(o))]
    if not acting and not unknown and (topic := _UNKNOWN_TOPIC.match(text)):
        unknown = [topic[1]]
    known = ({e.id for e in ends} & {*k.entities} or fold(k.text) in labels for k in acting)
    return all(known) and all(fold(owner) in labels for owner in unknown)


def _done_to(question: Question) -> list[Link]:
    """Return whom a question says another does something to: 다라, of "가나는 다라에 …"."""
    text = question.text
    ends = [link.end for link in question.links] + [text.find(o) + len(o) for o in question.owners]
    topic = _UNKNOWN_TOPIC.match(text)
    acts = topic is not None or any(_ACTING.match(text, end) for end in ends)
    return [k for k in question.links if acts and re.match(r"(?:에|에게)\s", text[k.end :])]


def told_of_all(question: Question, claims: Sequence[Claim]) -> bool:
    """Tell whether claims are of all that a question is about.

    That is an unknown thing, or whom something is done to: "가나는 다라에 얼마를 투자했어?".
    """
    if not all(any(_is_told_of(c, link) for c in claims) for link in _done_to(question)):
        return False
    if _done_to(question) and not all(_is_of(c, question) for c in claims):
        return False  # what another puts into it
    told = fold(" | ".join(map(_all_told, claims)))
    if not all(fold(t.form) in told for t in question.terms if _SIZE.fullmatch(t.form)):
        return False  # "2nm 양산" of what is told of DDR5
    remarks = question.kind == "temporal" and any(c.predicate == "states" for c in claims)
    nouns = [t.form for t in question.terms if t.tag.startswith(("NN", "SL"))]
    if remarks and nouns and not any(fold(noun) in told for noun in nouns):
        return False  # a time that is told of something else
    if question.links or not question.owners:
        return True
    return any(re.search(re.escape(fold(o)) + r"(?!\d)", told) for o in question.owners)


def tells_goods(question: Question, claim: Claim) -> bool:
    """Tell whether a claim says yes or no of all nouns of a question: "다라에 기판을 공급해?"."""
    told = fold(_all_told(claim))
    nouns = (t.form for t in question.terms if t.tag in ("NNG", "NNP", "SL"))
    asked = (noun for noun in nouns if noun not in relation_words())
    return all(any(fold(way) in told for way in (noun, *synonyms(noun))) for noun in asked)


def _all_told(claim: Claim) -> str:
    """What a claim tells and the place where it stands."""
    place, thing = claim.evidence, claim.object
    names = (thing.label, *thing.aliases) if thing else ()
    where = (place.quote, place.row, place.column, place.table, *place.section)
    return " ".join(filter(None, (*where, claim.subject.label, *names, *claim.qualifiers.values())))


def _is_told_of(claim: Claim, link: Link) -> bool:
    """Whether a claim has a thing on either side, or is cited where that is named."""
    sides = {claim.subject.id, claim.object.id if claim.object else ""}
    place = claim.evidence
    told = fold(f"{claim.qualifiers} {place.quote} {place.row} {place.column} {place.table}")
    return not sides.isdisjoint(link.entities) or fold(link.text) in told


def own_quotes(question: Question, quotes: Sequence[Quote], answerer: Answerer) -> Sequence[Quote]:
    """Return the sentences that are said by, or of, the one that a question is asked of."""
    if asks_saying(question):
        quotes = spoken(question, quotes, answerer)
    if question.kind not in _OF_ONE:
        return quotes
    others = Others(question, answerer)
    return [q for q in quotes if q.unit.row or not others.have(q)]


def those_meant(question: Question, quotes: Sequence[Quote], answerer: Answerer) -> Sequence[Quote]:
    """Return the sentences on what a question asks the meaning of; all, for any other question."""
    if not _wants_meaning(question):
        return quotes
    return [q for q in quotes if _opens_with(question, q, answerer)]


def _wants_meaning(question: Question) -> bool:
    """Tell whether a question is what one known thing is: what is only said of it is no answer."""
    known = len(question.links) == 1 and not question.owners
    bare = all(term.tag in ("VV", "VA", "MAG") for term in question.terms)
    return question.kind == "definition" and question.language == "ko" and known and bare


def _opens_with(question: Question, quote: Quote, answerer: Answerer) -> bool:
    """Tell whether a sentence is on what is asked about, or says what it is short for."""
    named, text = set(question.entities), quote.text
    own = [link for link in answerer.linker.find(text) if named & set(link.entities)]
    return any(
        (link.start < _OPENING and pattern("topic").match(text, link.end))
        or re.search(r"\([^()]*$", text[: link.start])
        for link in own
    )
