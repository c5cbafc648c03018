"""Whatever crashes on the way out, what was committed comes once at least, and in order."""

import json
from datetime import timedelta
from itertools import count
from typing import Any
from unittest.mock import patch

import pytest
from assetversions.runtime import wiring

from tests.integration.events.hooks import ADMIN, PATHS, make, states, subscribe
from tests.integration.events.lanes import Lanes, Later
from tests.integration.events.outlet import Outlet
from tests.integration.events.post import Post
from tests.support.http_world import HttpWorld
from tests.support.receiver import Receiver

DAY = timedelta(days=1)


CALLS = ("query", "put_item", "update_item", "transact_write_items", "delete_item")


class Crash(Exception):
    """A process that is gone."""


class Crashing:
    """The call of this number does not return, to the table or to the queue, before it or after it."""

    def __init__(self, at: int, after: bool) -> None:
        self.left, self.after, self.met = at, after, False

    def __call__(self, call: Any) -> Any:
        def called(*args: Any, **how: Any) -> Any:
            self.left -= 1
            if self.left == 0 and not self.after:
                self.met = True
                raise Crash
            try:
                return call(*args, **how)
            finally:
                if self.left == 0:
                    self.met = True
                    raise Crash

        return called


@pytest.mark.parametrize("after", [False, True])
def test_whatever_crashes_each_event_comes_once_at_least(
    world: HttpWorld, outlet: Outlet, lanes: Lanes, here: Receiver, after: bool
):
    """Between any two calls of those that publish and deliver; then Lambda or SQS tries again."""
    hook = make(world, here)
    client = wiring.table().client
    for step in count(1):
        world.ok(ADMIN, "POST", f"{PATHS['public']}/createVersion", {"allowEmpty": True})
        records, crash = outlet.stream.records(), Crashing(step, after)
        with (
            patch.multiple(client, **{name: crash(getattr(client, name)) for name in CALLS}),
            patch.object(lanes, "send_message", crash(lanes.send_message)),
        ):
            try:
                outlet.publish(records)
            except Crash:
                outlet.publish(records)
            lanes.run(call=lambda event: again_after_a_crash(event, lanes))
        told = [event for event in outlet.told() if event["type"].endswith("created")]
        got = {headers["webhook-id"] for headers, _ in here.seen}
        assert {event["id"] for event in told} <= got
        assert set(states(world, hook)) == {"delivered"}
        if not crash.met:
            break
    assert step > 8
    numbers = [json.loads(body)["data"]["version"] for _, body in here.seen]
    assert numbers == sorted(numbers), "in order, though some came twice"


@pytest.mark.parametrize("after", [False, True])
def test_whatever_crashes_each_version_is_in_a_letter(
    world: HttpWorld, outlet: Outlet, post: Post, after: bool
):
    """Between any two calls of those that publish and write; then Lambda or SQS tries again."""
    subscribe(world, "viewer")
    client = wiring.table().client
    for step in count(1):
        world.ok(ADMIN, "POST", f"{PATHS['public']}/createVersion", {"allowEmpty": True})
        records, crash = outlet.stream.records(), Crashing(step, after)
        with (
            patch.multiple(client, **{name: crash(getattr(client, name)) for name in CALLS}),
            patch.multiple(
                post, **{name: crash(getattr(post, name)) for name in ("send_message", "send_email")}
            ),
        ):
            try:
                outlet.publish(records)
            except Crash:
                outlet.publish(records)
            post.run(call=lambda event: again_after_a_crash(event, post))
        told = [line for _, lines in post.told() for line in lines]
        assert f"version {step} was created by admin" in told
        if not crash.met:
            break
    assert step > 8
    assert len(told) == 1, "and where nothing crashes once"


def again_after_a_crash(event: Any, queue: Later) -> None:
    """SQS shows the message anew when it has been hidden for long enough."""
    try:
        queue.deliver(event)
    except Crash:
        queue.messages.append((queue.later + timedelta(minutes=3), event["Records"][0]["body"]))
