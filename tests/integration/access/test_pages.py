"""What manages access is listed in pages: end to end they are the whole list."""

from typing import Any

import pytest

from tests.support.http_world import CONSTRAINTS, HttpWorld, constraint, user

LISTS = ["/auth/constraints", "/roles", "/user-roles", "/api-tokens", "/auth/api-keys", "/auth/events"]


@pytest.fixture
def filled(world: HttpWorld) -> HttpWorld:
    admin = user("admin")
    for name in ("one", "two", "three"):
        world.people.add(name)
        world.ok(admin, "POST", "/roles", {"roleName": name, "description": ""})
        world.ok(admin, "POST", CONSTRAINTS, constraint(name))
        world.ok(admin, "POST", "/user-roles", {"userId": name, "roleName": [name]})
        world.ok(admin, "POST", "/api-tokens", {"name": name})
    return world


def walk(world: HttpWorld, path: str, size: int) -> list[list[Any]]:
    """The rows of each page."""
    pages: list[list[Any]] = []
    token: dict[str, str] = {}
    while True:
        body = world.ok(user("admin"), "GET", path, query={"pageSize": str(size), **token})
        pages.append(body["Items"])
        if "NextToken" not in body:
            return pages
        token = {"startingToken": body["NextToken"]}


@pytest.mark.parametrize("path", LISTS)
def test_pages_end_to_end_are_the_whole_list(filled: HttpWorld, path: str):
    [whole] = walk(filled, path, 1_000)
    assert len(whole) >= 3
    for size in (1, 2):
        pages = walk(filled, path, size)
        assert [row for page in pages for row in page] == whole
        assert [len(page) for page in pages[:-1]] == [size] * (len(pages) - 1)
