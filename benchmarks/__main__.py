"""One door to all benchmarks.

python -m benchmarks list                          # what there is, and what each needs
python -m benchmarks run NAME... [--data FOLDER]   # measure; `all` runs everything that ships, with --data the rest too
python -m benchmarks run all --full                # the same at full size: hours, and gazetteers of a million names
python -m benchmarks report [-o report.html]       # draw the newest results as one page
python -m benchmarks readme                        # write them into the README
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.catalogue import BENCHMARKS
from benchmarks.common import HERE, table


def listed() -> None:
    """Say what there is."""
    rows: list[list[object]] = [
        [
            b.name,
            "needs --data" if b.obtain else "ships",
            f"{b.minutes:g} min" + (", by name or --full" if b.only_full else ""),
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
                    f"  tuned on: {benchmark.tuned_on}",
                ],
            ),
            sep="\n",
        )


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
    running.add_argument("--full", action="store_true", help="everything at full size, also what takes an hour")
    running.add_argument(
        "--jobs", type=int, choices=(1, 2), default=2, help="how many run side by side where no times are measured"
    )
    drawing = commands.add_parser("report", help="draw the newest results as one page")
    drawing.add_argument("-o", "--output", type=Path, default=HERE / "report.html")
    commands.add_parser("readme", help="write the newest results into the README")
    options = parser.parse_args()
    if options.command == "list":
        listed()
    elif options.command == "run":
        from benchmarks import run

        return run.main(options.names, options.data, options.full, options.jobs)
    elif options.command == "report":
        from benchmarks.report import write

        print(write(options.output))
    else:
        from benchmarks import readme

        readme.main()
    return 0


if __name__ == "__main__":
    sys.exit(main())
