"""People in Latin letters, told by the titles beside them, and the firms that stand with them.

Korean order ("Aren Brox 대표") and English order ("Gana CEO Aren Brox", "Aren Brox, Gana CEO").
"""

from __future__ import annotations

from collections.abc import Iterator

from extractors.names.name_patterns import Hint, has_title, patterns


def latin_people(text: str) -> Iterator[Hint]:
    """Yield the people of a sentence, and those whom they work for where titles tell both."""
    p = patterns()
    if not has_title(text):
        return
    firms = set()
    for pattern in (p.role_between, p.role_of_latin):
        for match in pattern.finditer(text):
            yield Hint(match["person"], "Person", True)
            if match["firm"]:
                firms.add(match["firm"])
                yield Hint(match["firm"], "Company", True)
    for pattern in (p.role_before, p.role_after):
        for match in pattern.finditer(text):
            name = match["latin"]
            if name.split()[-1] not in p.suffix_classes and name not in firms:
                yield Hint(name, "Person", True)
