"""Whatever is sent, no route answers a 5xx, and each refusal has the shape of its dialect."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from assetversions.dialects import ROUTES
from assetversions.dialects.autodesk_vault.routes import VAULTS

from tests.malformed.requests import Event, Malformed
from tests.malformed.world import Answer, World, world
from tests.support import jsonapi
from tests.support.described import check
from tests.support.error_shapes import is_data_management, spoken

BY_KEY = {route.key: route for route in ROUTES}
SEEDS, AT_ONCE = 3_000, 500
SOAK = 100_000
# What a route answers that has nothing to do in this world.
UNWILLING = {
    "DELETE /database/{databaseId}",
    "GET /database/{databaseId}/adopt/{operationId}",
    "PUT /database/{databaseId}/assets/{assetId}/unarchiveAsset",
    "POST /database/{databaseId}/assets/{assetId}/unarchiveFile",
    "DELETE /subscriptions",
    "PUT /subscriptions",
    "DELETE /unsubscribe",
    "POST /unsubscribe",
    "POST /auth/constraints",
    "POST /roles",
    "POST /tags",
    "POST /tag-types",
    "DELETE /tag-types/{tagTypeId}",
    "POST /v1/drives/{drive_id}/content/{content_id}/version",
    f"GET {VAULTS}/{{vaultId}}/property-definitions/{{id}}",
    f"GET {VAULTS}/{{vaultId}}/item-versions/{{id}}/thumbnail",
    f"GET {VAULTS}/{{vaultId}}/file-versions/{{id}}/thumbnail",
}


@pytest.fixture(scope="module")
def anything() -> Iterator[World]:
    with world() as made:
        yield made


def problem(event: Event, answer: Answer) -> str | None:
    """What is wrong with an answer; None where nothing is. All of them are as documented."""
    if answer.status >= 500:
        return answer.why or answer.body
    page = answer.headers.get("Content-Type", "").startswith("text/")
    if answer.status < 400 and (page or answer.encoded):
        return None  # a page, or the bytes of a file
    body = json.loads(answer.body or "null")
    json.dumps(body, ensure_ascii=False).encode()
    shape = spoken(BY_KEY[event["routeKey"]])
    try:
        check(event["routeKey"], answer.status, answer.headers, body)
        if answer.status < 400:
            return None
        if shape is is_data_management:
            jsonapi.check(body, answer.status)
        return None if shape(body) else answer.body
    except (AssertionError, KeyError, TypeError) as wrong:
        return f"{wrong!r} in {answer.body}"


def found_by(made: World, seeds: range) -> list[str]:
    requests = Malformed(made)
    found = []
    for seed in seeds:
        event = requests.make(seed)
        wrong = problem(event, made.ask(event))
        if wrong is not None:
            found.append(f"seed {seed}: {told(event)}\n{wrong[-3000:]}")
    return found


def told(event: Event) -> dict[str, Any]:
    shown = ("routeKey", "pathParameters", "queryStringParameters", "headers", "body", "isBase64Encoded")
    return {name: event[name] if name != "body" else (event[name] or "")[:2000] for name in shown}


@pytest.mark.parametrize("first", range(0, SEEDS, AT_ONCE))
def test_a_malformed_request_is_refused_in_the_words_of_its_api(anything: World, first: int) -> None:
    found = found_by(anything, range(first, first + AT_ONCE))
    assert not found, "\n\n".join(found[:5])


@pytest.mark.soak
def test_so_are_a_hundred_thousand(anything: World) -> None:
    found = found_by(anything, range(SEEDS, SEEDS + SOAK))
    assert not found, "\n\n".join(found[:20])


@pytest.mark.parametrize("name", ["a" * 5_000, "😀" * 256, "a\x00b"], ids=["long", "wide", "NUL"])
def test_no_name_in_a_path_is_more_than_a_route_can_refuse(anything: World, name: str) -> None:
    """At every place of every route: chance comes by each of them late."""
    requests, found = Malformed(anything), []
    for key in BY_KEY:
        for place in requests.good(key)["pathParameters"]:
            event = requests.good(key)
            event["pathParameters"] |= {place: name}
            if (wrong := problem(event, anything.ask(event))) is not None:
                found.append(f"{key}, {place}: {wrong[-300:]}")
    assert not found, "\n\n".join(found)


def test_every_route_is_asked_and_answers_what_it_does_when_nothing_is_bent(anything: World) -> None:
    """So that what is bent is looked at: no request fails for a reason that has nothing to do with that."""
    requests = Malformed(anything)
    statuses = {key: anything.ask(requests.good(key)).status for key in BY_KEY}
    assert {key for key, status in statuses.items() if status >= 400} == UNWILLING
