"""The users of `benchmarks.load`, as locust wants them: what they ask, and how answers are counted.

An answer is counted under what was asked; a refusal that says when to ask again (429, 503) is counted apart, for it is what
a service under more load than it can bear should say. Whatever else is not asked for is a failure.
"""

from __future__ import annotations

import os
import random
from itertools import cycle, islice
from typing import Any

from locust import FastHttpUser, constant, task

from benchmarks.common import DATA
from benchmarks.exchanged import documents, strangers

GIVEN, SURNAMES = strangers(DATA / "persons")
TEXTS = list(islice(documents(10**9), 30))
LARGE = " ".join(islice(cycle(TEXTS), int(os.environ.get("LOAD_LARGE", "8"))))
REFUSED = {429, 503}
WAIT = float(os.environ.get("LOAD_WAIT", "0"))


class Asking(FastHttpUser):
    """Somebody who asks and counts."""

    abstract = True
    wait_time = constant(WAIT)
    network_timeout = 130.0

    def ask(self, name: str, method: str, path: str, **more: Any) -> None:
        """Ask, and count the answer under its name."""
        with self.client.request(method, path, name=name, catch_response=True, **more) as answer:
            if answer.status_code in REFUSED:
                said = "Retry-After" in answer.headers
                answer.request_meta["name"] = f"{name}, refused {answer.status_code}"
                answer.success() if said else answer.failure("no Retry-After")
            elif answer.status_code != 200:
                answer.failure(f"status {answer.status_code}")
            else:
                answer.success()


class Names(Asking):
    """Somebody who looks names up, one at a time."""

    weight = int(os.environ.get("LOAD_NAMES", "1"))

    @task
    def match(self) -> None:
        """A name that nobody asked for before, most likely."""
        self.ask("name", "GET", "/match", params={"name": f"{random.choice(GIVEN)} {random.choice(SURNAMES)}"})


class Articles(Asking):
    """Somebody who sends articles of 3,000 characters."""

    weight = int(os.environ.get("LOAD_ARTICLES", "1"))

    @task
    def text(self) -> None:
        """An article."""
        self.ask("article", "POST", "/text", json={"text": random.choice(TEXTS)})


class Books(Asking):
    """Somebody who sends long texts."""

    weight = int(os.environ.get("LOAD_BOOKS", "0"))

    @task
    def text(self) -> None:
        """A long text."""
        self.ask("long text", "POST", "/text", json={"text": LARGE})
