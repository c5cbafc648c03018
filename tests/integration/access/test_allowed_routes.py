"""A client of VAMS hears which of its routes lead somewhere, by the rules of this moment."""

from typing import Any

import pytest

from tests.support.lambda_client import Client

PAGE = {"method": "GET", "route__path": "/databases/:databaseId/assets"}
READS = {"method": "GET", "route__path": "/database/{databaseId}"}
CHANGES = {"method": "PUT", "route__path": "/database/cars"}
RULES = {"method": "GET", "route__path": "/auth/constraints"}
ASKED = [PAGE, READS, CHANGES, RULES]


@pytest.mark.usefixtures("calls")
@pytest.mark.parametrize(
    ("name", "roles", "allowed"),
    [
        ("admin", ("admin",), ASKED),
        ("editor", ("editor",), [PAGE, READS, CHANGES]),
        ("viewer", ("viewer",), [PAGE, READS]),
        ("nobody", (), [PAGE]),
    ],
)
def test_each_role_hears_of_its_own_routes_and_of_the_clients_pages(
    name: str, roles: tuple[str, ...], allowed: list[dict[str, Any]]
):
    answer = Client(name, roles)("POST", "/auth/routes", {"routes": ASKED})
    assert (answer.status, answer.body) == (200, {"allowedRoutes": allowed, "email": name})
