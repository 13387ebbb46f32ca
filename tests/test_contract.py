"""Does the service keep what its OpenAPI document promises, whatever it is asked? (schemathesis, on loopback)

Marked ``contract``: ``pytest -m contract``; more requests with ``RESOLVE_CONTRACT_EXAMPLES=200``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st

from resolve.service.openapi import description
from resolve.service.settings import Settings, checked
from tests.serving import HERE, Service, serving

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
pytestmark = [pytest.mark.contract, pytest.mark.filterwarnings("ignore::Warning")]
EXAMPLES = int(os.environ.get("RESOLVE_CONTRACT_EXAMPLES", "15"))
"""So many requests of every operation."""
MODES = list(schemathesis.GenerationMode)
"""Requests as they should be, and as they should not."""


@pytest.fixture(scope="module")
def service(family_file: Path) -> Iterator[Service]:
    with serving("-g", str(family_file), "--max-text", "20000") as found:
        yield found


LIMITS = Settings(text=20_000)
# what is too long is refused with 413, which schemathesis does not expect of itself
REFUSING = {"checks": {"negative_data_rejection": {"expected-statuses": [400, 404, 405, 413, 415, 422]}}}
DESCRIBED = schemathesis.openapi.from_dict(
    description(HERE, checked(LIMITS)), config=schemathesis.config.SchemathesisConfig.from_dict(REFUSING)
)
OPERATIONS = [(path, method) for path, methods in description(HERE, LIMITS)["paths"].items() for method in methods]


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
@given(data=st.data())
@settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)  # fmt: skip
def test_every_answer_is_one_that_the_document_names(service: Service, path: str, method: str, data: Any) -> None:
    """Status, media type, headers and form of every answer, to right requests and to wrong ones; none is a 500."""
    case = data.draw(DESCRIBED[path][method.upper()].as_strategy(generation_mode=data.draw(st.sampled_from(MODES))))
    # what a spelling may hold is more than a schema says, so that decisions refuse some that fit it
    loose = [schemathesis.checks.CHECKS.get_one("positive_data_acceptance")] if path == "/decisions" else []
    case.call_and_validate(base_url=service.url, timeout=60, excluded_checks=loose)


def test_it_describes_itself_so_and_still_answers(service: Service) -> None:
    found = service.get("/openapi.json")
    assert found["paths"] == json.loads(json.dumps(description(service.url, checked(LIMITS))))["paths"]
    assert service.post("/text", {"text": "Bill Clinton came."})["links"][0]["entity_id"] == "us-clinton-bill"
