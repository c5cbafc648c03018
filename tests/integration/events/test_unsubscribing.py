"""The link of a letter ends the subscription that it comes of, and nothing else."""

from typing import Any

import pytest

from tests.integration.events.hooks import create, subscribe
from tests.integration.events.outlet import Outlet
from tests.integration.events.post import CREATED, Post
from tests.support.http_world import HttpWorld
from tests.support.lambda_client import ask


def press(ticket: str, method: str = "POST") -> tuple[int, Any]:
    form = {"content-type": "application/x-www-form-urlencoded"}
    found = ask(
        {}, method, "/unsubscribe", raw="List-Unsubscribe=One-Click", query={"ticket": ticket}, headers=form
    )
    return found.status, found.body


def test_the_link_of_a_letter_ends_its_subscription_and_no_other(
    world: HttpWorld, outlet: Outlet, post: Post
):
    subscribe(world, "viewer", "editor")
    subscribe(world, "viewer", asset="secret")
    create(world, outlet)
    post.run()
    ticket = next(one.ticket for one in post.sent if one.to == "viewer@example.com")
    assert press(f"{ticket}x")[0] == press(ticket[:-1])[0] == 400
    status, page = press(ticket, "GET")
    assert (status, '<form method="post">' in page) == (200, True)
    create(world, outlet)
    post.run()
    assert len(post.told()) == 4, "to look at it ends nothing"
    for _ in range(2):
        status, page = press(ticket)
        assert (status, "no more mail" in page) == (200, True)
    create(world, outlet)
    create(world, outlet, "secret")
    post.run()
    assert post.told() == [("editor", CREATED[3:4]), ("viewer", CREATED[1:2])]


@pytest.mark.parametrize(
    "forged", ["x", "ä", "eyJ0aWNrZXQiOiJ1bnN1YnNjcmliZSJ9", "a" * 1_000, "", "a" * 1_001]
)
def test_a_link_that_we_have_not_written_ends_nothing(
    world: HttpWorld, outlet: Outlet, post: Post, forged: str
):
    subscribe(world, "viewer")
    status, body = press(forged)
    assert (status, "ticket" in body["message"]) == (400, True)
    create(world, outlet)
    post.run()
    assert post.told() == [("viewer", CREATED[1:2])]
