"""One door to all benchmarks.

python -m benchmarks list                          # what there is, and what each needs
python -m benchmarks run NAME... [--data FOLDER]   # measure; `all` runs everything that ships, with --data the rest too
python -m benchmarks report [-o report.html]       # draw the newest results as one page
python -m benchmarks readme                        # write them into the README
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.catalogue import BENCHMARKS, FOLDER, Benchmark, found
from benchmarks.common import HERE, RESULTS, table


def listed() -> None:
    """Say what there is."""
    rows: list[list[object]] = [
        [
            b.name,
            "needs --data" if b.obtain else "ships",
            f"{b.minutes} min",
            b.gazetteer,
            b.scripts,
            b.start,
            b.question,
        ]
        for b in BENCHMARKS
    ]
    print(table(["", "data", "about", "gazetteer", "scripts", "start", "question"], rows))
    for benchmark in BENCHMARKS:
        print(
            f"\n{benchmark.name}: {benchmark.data} ({benchmark.licence})",
            *filter(
                None,
                [
                    benchmark.obtain and f"  to obtain: {benchmark.obtain}",
                    benchmark.programs and f"  needs {benchmark.programs}",
                ],
            ),
            sep="\n",
        )


def miscounted(benchmark: Benchmark) -> list[str]:
    """What a benchmark should have counted and did not, in its newest result."""
    paths = sorted(RESULTS.glob(f"????-??-??-{benchmark.results[0]}.json"))
    if not paths:
        return [f"{benchmark.name}: no result {benchmark.results[0]}"]
    facts = json.loads(paths[-1].read_text(encoding="utf-8"))
    return [
        f"{benchmark.name}: {what} is {facts.get(what)}, and should be {count}"
        for what, count in benchmark.counts.items()
        if facts.get(what) != count
    ]


def run(benchmark: Benchmark, data: Path | None) -> list[str]:
    """Measure; say what went wrong."""
    if benchmark.obtain and data is None:
        return [f"{benchmark.name} needs data that do not ship: give a folder with --data. In it: {benchmark.obtain}"]
    for arguments in benchmark.runs:
        filled = [argument.replace(FOLDER, str(data)) for argument in arguments]
        began = time.perf_counter()
        print(f"== {benchmark.name} {' '.join(filled)}", flush=True)
        code = subprocess.run(
            [sys.executable, "-m", f"benchmarks.{benchmark.module}", *filled], cwd=HERE.parent, check=False
        ).returncode
        print(f"== {time.perf_counter() - began:.0f} s", flush=True)
        if code:
            return [f"{benchmark.name} {' '.join(filled)} ended with {code}"]
    return miscounted(benchmark)


def main() -> int:
    """Parse options, list, run or draw."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="what there is, and what each needs")
    running = commands.add_parser("run", help="measure")
    running.add_argument("names", nargs="+", metavar="NAME", help="a benchmark, or all")
    running.add_argument("--data", type=Path, help="the folder with the data that do not ship")
    drawing = commands.add_parser("report", help="draw the newest results as one page")
    drawing.add_argument("-o", "--output", type=Path, default=HERE / "report.html")
    commands.add_parser("readme", help="write the newest results into the README")
    options = parser.parse_args()
    if options.command == "list":
        listed()
    elif options.command == "run":
        every = [b for b in BENCHMARKS if b.ships or (b.obtain and options.data)]
        chosen = every if "all" in options.names else [found(name) for name in options.names]
        wrong = [fault for benchmark in chosen for fault in run(benchmark, options.data)]
        print(*wrong, sep="\n", file=sys.stderr)
        return bool(wrong)
    elif options.command == "report":
        from benchmarks.report import write

        print(write(options.output))
    else:
        from benchmarks import readme

        readme.main()
    return 0


if __name__ == "__main__":
    sys.exit(main())
