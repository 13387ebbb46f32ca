"""Fuzz one target with coverage guidance: ``python -m tests.fuzz TARGET [option of libFuzzer]...``; needs atheris.

Such as ``python -m tests.fuzz data_file -max_total_time=600``. What fails is written to ``crash-*`` in the folder that
``-artifact_prefix=`` names; give it to the test of its target as a regression.
"""

from __future__ import annotations

import sys
import tempfile
import warnings
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["resolve", "tests.fuzz.targets"]):
    from tests.fuzz import targets


def main() -> None:
    """Run the target that is named."""
    if len(sys.argv) < 2 or sys.argv[1] not in targets.TARGETS:
        sys.exit(f"usage: python -m tests.fuzz TARGET [option]...; the targets are {', '.join(targets.TARGETS)}")
    name = sys.argv.pop(1)
    warnings.simplefilter("ignore")
    corpus = Path(tempfile.mkdtemp(prefix=f"onomast-{name}-"))
    for i, seed in enumerate(targets.TARGETS[name][1]):
        (corpus / str(i)).write_bytes(seed)
    atheris.Setup([*sys.argv, "-max_len=4096", str(corpus)], lambda data: targets.run(name, data))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
