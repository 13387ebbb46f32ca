"""How does the service bear load: how fast does it answer, and what does it say when it is asked too much?

    python -m benchmarks.load [--seconds 30] [--gazetteer PATH] [--no-save]

A service of its own on loopback, with its defaults, is asked by the users of `benchmarks.load_users` with locust (pip install
'onomast[benchmarks]'), who ask again as soon as they are answered:

* *names*: 4 users look up names; *names beside long texts*: the same while 3 more send texts of 25,000 characters, so
  that their difference is what a long request costs the short ones;
* *mixed*: 4 users look up names, 4 send articles of 3,000 characters;
* *overload*: 100 users, more than the service takes of one address (24 at a time), so that most must be refused.

Times are those of answers as the users see them; *refused* are 429 and 503 with ``Retry-After``; *failed* is everything else,
and should be nothing. Then the service is told to end (SIGTERM) under load, and what its users still get is counted.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.common import HERE, save, table

SCENARIOS: dict[str, tuple[int, dict[str, str]]] = {
    "names": (4, {"LOAD_ARTICLES": "0"}),
    "names beside long texts": (7, {"LOAD_ARTICLES": "0", "LOAD_NAMES": "4", "LOAD_BOOKS": "3"}),
    "mixed": (8, {}),
    "overload": (100, {"LOAD_NAMES": "4", "LOAD_ARTICLES": "4", "LOAD_BOOKS": "2"}),
}
"""How many users ask what."""
LOCAL = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def started(gazetteer: list[str], errors: Path) -> tuple[subprocess.Popen[bytes], str]:
    """A service at a free port, and its address."""
    command = [sys.executable, "-m", "resolve.cli", "serve", "--port", "0", *gazetteer]
    with open(errors, "wb") as stream:
        process = subprocess.Popen(command, stderr=stream)
    while "http://" not in (said := errors.read_text(encoding="utf-8")):
        if process.poll() is not None:
            raise SystemExit(f"the service did not start: {said}")
        time.sleep(0.1)
    return process, said[said.index("http://") :].split()[0].rstrip("/")


def asked(url: str, users: int, environment: dict[str, str], seconds: float) -> subprocess.Popen[str]:
    """Locust, asking; it prints its counts as JSON when it ends."""
    command = [
        sys.executable, "-m", "locust", "-f", str(HERE / "load_users.py"), "--host", url, "--headless", "--json", "--only-summary",
        "--users", str(users), "--spawn-rate", str(users), "--run-time", f"{seconds:g}s", "--loglevel", "ERROR", "--stop-timeout", "140",
    ]  # fmt: skip
    given = {**os.environ, **environment, "PYTHONPATH": str(HERE.parent), "PYTHONWARNINGS": "ignore"}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=given)


def counted(locust: subprocess.Popen[str]) -> dict[str, dict[str, Any]]:
    """What its users got, by what they asked."""
    found: dict[str, dict[str, Any]] = {}
    printed = locust.communicate()[0]
    for one in json.loads(printed[printed.index("[") :]):
        times = Counter({float(ms): count for ms, count in one["response_times"].items()})
        name, _, refused = one["name"].partition(", ")
        facts = found.setdefault(name, {"answered": 0, "failed": 0, "refused": {}})
        facts["failed"] += one["num_failures"]
        if refused:
            facts["refused"][refused.removeprefix("refused ")] = one["num_requests"] - one["num_failures"]
            facts["refused_p99_ms"] = quantile(times, 0.99)
        else:
            facts["answered"] += one["num_requests"] - one["num_failures"]
            facts.update({f"p{q}_ms": quantile(times, q / 100) for q in (50, 99)})
    return found


def quantile(times: Counter[float], share: float) -> float | None:
    """The time within which this share of the answers came."""
    left = share * times.total()
    for ms, count in sorted(times.items()):
        left -= count
        if left <= 0:
            return ms
    return None


def ended_under_load(gazetteer: list[str], folder: Path, seconds: float) -> dict[str, Any]:
    """What users get while the service is told to end."""
    process, url = started(gazetteer, folder / "ending")
    locust = asked(url, 8, {"LOAD_WAIT": "0.05"}, seconds)
    time.sleep(seconds / 2)
    before = time.perf_counter()
    process.send_signal(signal.SIGTERM)
    code = process.wait(60)
    took = time.perf_counter() - before
    facts = counted(locust)
    return {
        "exit_code": code, "seconds_to_end": round(took, 2),
        "answered": sum(one["answered"] for one in facts.values()),
        "log": (folder / "ending").read_text(encoding="utf-8").count("Traceback"),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=30.0, help="how long each is asked")
    parser.add_argument("--gazetteer", "-g", action="append", default=[], help="instead of the curated one")
    parser.add_argument("--no-save", action="store_true")
    options = parser.parse_args()
    gazetteer = [part for path in options.gazetteer for part in ("-g", path)]
    result: dict[str, Any] = {}
    rows: list[list[object]] = []
    with tempfile.TemporaryDirectory(prefix="onomast-load-") as name:
        folder = Path(name)
        process, url = started(gazetteer, folder / "log")
        try:
            for scenario, (users, environment) in SCENARIOS.items():
                result[scenario] = counted(asked(url, users, environment, options.seconds))
                print(json.dumps({scenario: result[scenario]}), flush=True)
                for what, facts in result[scenario].items():
                    refused = ", ".join(f"{count} x {code}" for code, count in facts["refused"].items())
                    times = [facts.get(key) for key in ("p50_ms", "p99_ms")]
                    rows.append([f"{scenario}: {what}", facts["answered"], *times, refused or "0", facts["failed"]])
            with LOCAL.open(f"{url}/status") as answer:
                result["left under way"] = json.load(answer)["under_way"]
        finally:
            process.terminate()
            process.wait(60)
        result["tracebacks in the log"] = (folder / "log").read_text(encoding="utf-8").count("Traceback")
        result["ended under load"] = ended_under_load(gazetteer, folder, min(options.seconds, 10.0))
    print(table(["", "answered", "p50 ms", "p99 ms", "refused", "failed"], rows))
    print(json.dumps({key: result[key] for key in list(result)[len(SCENARIOS) :]}))
    if not options.no_save:
        print(save("load", {"seconds": options.seconds, "workers": max(2, os.cpu_count() or 2), "measured": result}))


if __name__ == "__main__":
    main()
