"""Damaged, disguised and hostile files, made of good ones by a seed."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator

Mutation = Callable[[bytes, random.Random], bytes]
SUFFIXES = (".pdf", ".html", ".docx", ".hwpx", ".eml", ".md", ".txt", ".mht", ".htm", ".markdown")
_TEXTS = (".html", ".eml", ".md")


def truncated(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(10 ** chance.randrange(4)):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randrange(1, 4_000) :]


def doubled(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    piece = data[start : start + chance.randrange(1, 4_000)]
    return data[:start] + piece * chance.choice((2, 3, 40)) + data[start:]


def noisy(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + chance.randbytes(chance.randrange(1, 2_000)) + data[start:]


def swapped(data: bytes, chance: random.Random) -> bytes:
    """Numbers changed: lengths, offsets, spans, sizes."""
    digits = [i for i, byte in enumerate(data) if 48 <= byte <= 57]
    changed = bytearray(data)
    for place in chance.sample(digits, min(len(digits), 40)):
        changed[place] = chance.randrange(48, 58)
    return bytes(changed)


ANY: tuple[Mutation, ...] = (truncated, flipped, cut, doubled, noisy, swapped)


def inside(data: bytes, chance: random.Random) -> bytes:
    """A part of an archive mutated and packed again, so that its checksum holds."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    able = [name for name in parts if name.endswith((".xml", ".rels", ".hpf")) and parts[name]]
    for name in chance.sample(able, min(len(able), chance.randrange(1, 3))):
        parts[name] = chance.choice(ANY)(parts[name], chance) or b" "
    return packed(parts)


def packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return buffer.getvalue()


def bomb(data: bytes, chance: random.Random) -> bytes:
    """An archive whose main part unpacks to a hundred megabytes and more, or lies about it."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    name = max(parts, key=lambda n: len(parts[n]) if n.endswith(".xml") else 0)
    kind = chance.randrange(4)
    if kind == 0:
        parts[name] = parts[name][:200] + b" " * (100 << 20)
    elif kind == 1:
        laughs = b"".join(
            b'<!ENTITY a%d "%s">' % (i, b"&a%d;" % (i - 1) * 10) for i in range(1, 12)
        )
        parts[name] = b'<!DOCTYPE x [<!ENTITY a0 "ha">%s]><x>&a11;</x>' % laughs
    elif kind == 2:
        parts[name] = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    else:
        parts |= {f"junk/{i}.xml": b"" for i in range(11_000)}
    made = packed(parts)
    if kind == 0 and chance.random() < 0.5:  # the index claims that the part is small
        made = made.replace(len(parts[name]).to_bytes(4, "little"), (9_000).to_bytes(4, "little"))
    return made


def deep(data: bytes, chance: random.Random, suffix: str) -> bytes:
    """Elements, lists, tables or quotes nested far deeper than anything real."""
    depth = chance.choice((300, 3_000, 60_000))
    if suffix in (".html", ".eml"):
        tag = chance.choice(
            (
                b"div",
                b"table><tr><td",
                b"ul><li",
                b"b",
                b"article class=share",
                b"a href=http://a.b/",
            )
        )
        return data.replace(b"<main>", b"<main>" + b"<%s>" % tag * depth)
    if suffix in (".docx", ".hwpx"):
        with zipfile.ZipFile(io.BytesIO(data)) as old:
            parts = {name: old.read(name) for name in old.namelist()}
        name = next(n for n in parts if n.endswith(("word/document.xml", "section0.xml")))
        opened = chance.choice(
            (b"<w:sdt><w:sdtContent>", b"<hp:p><hp:run><hp:tbl><hp:tr><hp:tc><hp:subList>")
        )
        parts[name] = parts[name].replace(b"p>", b"p>" + opened * depth, 1)
        return packed(parts)
    if suffix == ".pdf":
        return data.replace(
            b"/Type /Catalog", b"/X " + b"[" * depth + b"]" * depth + b" /Type /Catalog"
        )
    sign = chance.choice((b"> ", b"- ", b"(", b"**", b"|", b"<b>", b"[", b"#"))
    return data.replace(b"\n\n", b"\n\n" + sign * depth + b"\n\n", 1)


def mutants(seeds: dict[str, bytes], count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield ``(file name, bytes)``; the same for the same arguments."""
    chance = random.Random(seed)
    suffixes = sorted(seeds)
    for number in range(count):
        suffix = suffixes[number % len(suffixes)]
        data, named = seeds[suffix], suffix
        roll = chance.random()
        if roll < 0.08:
            named = chance.choice(SUFFIXES)
            kind = "disguised"
        elif roll < 0.14:
            data, kind = deep(data, chance, suffix), "deep"
        elif suffix in (".docx", ".hwpx") and roll < 0.55:
            mutate = bomb if roll < 0.22 else inside
            data, kind = mutate(data, chance), mutate.__name__
        else:
            mutation = chance.choice(ANY)
            data, kind = mutation(data, chance), mutation.__name__
            if chance.random() < 0.2 and data:
                data = chance.choice(ANY)(data, chance)
        yield f"2025-01-06-{number:04d}-{kind}{named}", data
