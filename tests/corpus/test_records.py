"""Records: equal, hashed and ordered by content, the same when they come from elsewhere."""

from __future__ import annotations

import pickle

from corpus.records import record


@record(order=True)
class Place:
    """A record for these tests."""

    row: int
    column: int = 0


def test_equal_content_is_one_record() -> None:
    """Records are keys of dictionaries as frozen dataclasses are."""
    assert Place(1) == Place(1, 0)
    assert len({Place(1), Place(1, 0), Place(1, 2)}) == 2
    assert Place(1, 2) < Place(2)


def test_a_record_has_no_other_fields() -> None:
    """Its fields are slots."""
    assert not hasattr(Place(1), "__dict__")


def test_records_come_back_from_another_process() -> None:
    """What a job sends is equal to what it made."""
    places = (Place(1, 2), Place(3))
    assert pickle.loads(pickle.dumps(places)) == places
