"""A compiler that is killed at any moment leaves the old gazetteer or the new one, whole; what it leaves behind is cleared away."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from resolve.index import compile_rows, open_index
from resolve.model import Row

OLD, NEW = "Якуб Колас", "Янка Купала"
BUILD = """
import itertools, sys
from resolve.index.build import Builder
from resolve.model import Row
for turn in itertools.count():
    builder = Builder()
    for i in range(300):
        builder.add(Row(str(i), sys.argv[2 + turn % 2]))
    builder.write(__import__("pathlib").Path(sys.argv[1]), str(turn % 2) * 64)
    print(turn, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a process is not killed so elsewhere")
def test_a_killed_compiler_leaves_a_whole_gazetteer(tmp_path: Path) -> None:
    folder = tmp_path / "idx"
    compile_rows([Row(str(i), OLD) for i in range(300)], folder)
    dice = random.Random(7)
    for _ in range(6):
        with subprocess.Popen(
            [sys.executable, "-c", BUILD, str(folder), OLD, NEW], stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            # what takes the time is written, named and deleted again and again from here on
            assert process.stdout.readline() == "0\n"
            began = time.perf_counter()
            assert process.stdout.readline() == "1\n"
            time.sleep(dice.random() * (time.perf_counter() - began))
            process.kill()
        index = open_index(folder)
        index.verify()
        assert {index.spelling(i) for i in range(index.names)} in ({OLD}, {NEW})
        assert index.names == 300


def test_what_a_killed_compiler_left_is_deleted_once_it_is_old(tmp_path: Path) -> None:
    folder = tmp_path / "idx"
    compile_rows([Row("a", OLD)], folder)
    name = open_index(folder).header["data"]
    left = [
        folder / f"{name}.0123abcd",
        folder / "header.json.0123abcd",
        folder / f"{name}.89abcdef",
        folder / "notes.txt",
    ]
    for path in left:
        path.write_text("unfinished")
    for path in (*left[:2], left[3]):
        os.utime(path, (time.time() - 7200, time.time() - 7200))
    compile_rows([Row("a", NEW)], folder)
    assert [path.exists() for path in left] == [False, False, True, True], "only what is old and a compiler's"
    assert open_index(folder).spelling(0) == NEW
