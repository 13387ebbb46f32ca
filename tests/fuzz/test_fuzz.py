"""Any bytes give a result or an error of the package: the targets of the fuzzer, with seeded mutations."""

from __future__ import annotations

import os
import random

import pytest

from tests.fuzz import targets

RUNS = int(os.environ.get("RESOLVE_FUZZ_RUNS", "150"))
"""So many mutations of every target's inputs are run; with the coverage-guided fuzzer it is millions."""

ODD = [b"\0", b"\xff", b"\xff\xff\xff\xff", b"\x7f", b"\n", b"\r", b'"', b"'", b",", b"{", b"[", b"}", b"<", b"&#0;", b"\xed\xa0\x80", "İ".encode(), "习".encode(), "\N{COMBINING ACUTE ACCENT}".encode(), b"null", b"-1", b"1e999"]  # fmt: skip

REGRESSIONS: dict[str, list[bytes]] = {
    # a place of 2^32 - 1 came out as 0 in the kernel, which then read beside the file
    "data_file": [targets.PATCH.pack(which, 0, 0xFFFFFFFF, 15) for which in range(26)],
    # the second: tokens without a word that they belong to, whose end was looked for behind an empty array
    "kernels": [b"\3\0\1\2\2\0\1\3\0\1\2\2\xff\xff\2\xff\xff\1\2", b"\0\0\0\0\1\1\0\0\1\1"],
    "header": [b"[" * 100_000, b'{"langs": 5}', b'{"content": 1}', b'{"entities": []}', b'{"scripts": {"a": 1}}'],
    "names": ["\N{GREEK YPOGEGRAMMENI} Ivanov\n\N{IDEOGRAPHIC ITERATION MARK}".encode()],
    # columns that are there twice: what was added was read from the second
    "ledger": [b"id,name,,kind,name,,kind,\na", b"name,id,kind\n"],
    "sources": [b'\2{"id": "a", "name": "b", "n": ' + b"9" * 5000 + b"}"],
    "imports": [
        b'\7{"persons": [{"id": ' + b"9" * 5000 + b"}]}",
        *(bytes([kind]) + b"\n\nx\n\n" for kind in range(15)),
    ],
}
"""What was found."""


def mutated(seed: bytes, other: bytes, chance: random.Random) -> bytes:
    """The input with a few things changed, as files change: bits, lost and doubled pieces, odd values."""
    data = bytearray(seed)
    for _ in range(chance.randint(1, 6)):
        place = chance.randint(0, len(data))
        match chance.randrange(6):
            case 0 if place < len(data):
                data[place] ^= 1 << chance.randrange(8)
            case 1:
                del data[place : place + chance.randint(1, 9)]
            case 2:
                data[place:place] = data[place : place + chance.randint(1, 30)]
            case 3:
                data[place:place] = chance.choice(ODD) * chance.choice([1, 1, 1, 40])
            case 4:
                data[place:place] = other[chance.randint(0, len(other)) :][:40]
            case _:
                data[place : place + 4] = chance.randbytes(4)
    return bytes(data)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("name", targets.TARGETS)
def test_mutated_inputs_give_a_result_or_an_error_of_the_package(name: str) -> None:
    _target, seeds = targets.TARGETS[name]
    chance = random.Random(name)
    for seed in [b"", *seeds, *REGRESSIONS.get(name, [])]:
        targets.run(name, seed)
    for _ in range(RUNS):
        data = mutated(chance.choice(seeds), chance.choice(seeds), chance)
        try:
            targets.run(name, data)
        except Exception as error:
            raise AssertionError(f"{name} fails with {data!r}") from error
