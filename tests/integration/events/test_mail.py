"""Who is subscribed to an asset is told by mail: once, of all, and only while they may read it."""

import os
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from assetversions.runtime import mailing
from botocore.exceptions import ClientError

from tests.integration.events.hooks import ADMIN, PATHS, create, make, subscribe
from tests.integration.events.lanes import Lanes
from tests.integration.events.outlet import Outlet
from tests.integration.events.post import API, CREATED, Post, write
from tests.support.http_world import HttpWorld
from tests.support.receiver import Receiver

WINDOW = timedelta(minutes=5)


def change(world: HttpWorld, outlet: Outlet, path: str) -> None:
    world.ok(ADMIN, "POST", f"{PATHS['public']}/assetversions/{path}", {})
    assert outlet.publish() == []


def test_what_happens_to_an_asset_in_a_while_is_one_letter_to_each(
    world: HttpWorld, outlet: Outlet, post: Post
):
    subscribe(world, "viewer", "editor")
    subscribe(world, "viewer", asset="secret")
    create(world, outlet)
    create(world, outlet)
    change(world, outlet, "1/publish")
    create(world, outlet, "secret")
    post.run()
    public = [*CREATED[1:3], "version 1 was published by admin"]
    assert post.told() == [("editor", public), ("viewer", CREATED[1:2]), ("viewer", public)]
    assert post.later <= WINDOW
    create(world, outlet)
    post.run()
    assert post.told() == [("editor", CREATED[3:4]), ("viewer", CREATED[3:4])]


def test_a_letter_has_links_that_lead_somewhere_and_says_how_a_mailbox_ends_it(
    world: HttpWorld, outlet: Outlet, post: Post
):
    world.ok(ADMIN, "PUT", PATHS["public"], {"assetName": "<b>Lamp</b>\r\nBcc: all@example.com & more"})
    subscribe(world, "viewer")
    create(world, outlet)
    post.run()
    (letter,) = post.sent
    assert letter.subject == "<b>Lamp</b> Bcc: all@example.com & more: version 1 was created"
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    unsubscribe = f"{API}/unsubscribe?ticket={letter.ticket}"
    for link in ("https://studio.example/db1/public?version=1", unsubscribe):
        assert f"\n{link}\n" in letter.text
        assert f'href="{link}"' in letter.html
    assert "&lt;b&gt;Lamp&lt;/b&gt;" in letter.html
    assert "<b>" not in letter.html


def test_where_no_page_shows_versions_there_is_no_link_to_one(world: HttpWorld, outlet: Outlet, post: Post):
    del os.environ["VERSION_LINK"]
    subscribe(world, "viewer")
    create(world, outlet)
    post.run()
    (letter,) = post.sent
    assert letter.text.count("https://") == letter.html.count("https://") == 1
    assert "/unsubscribe?" in letter.text


def test_messages_and_events_that_come_twice_make_one_letter(world: HttpWorld, outlet: Outlet, post: Post):
    subscribe(world, "viewer")
    world.ok(ADMIN, "POST", f"{PATHS['public']}/createVersion", {"allowEmpty": True})
    records = outlet.stream.records()
    for _ in range(2):
        outlet.publish(records)
    assert len(post.messages) == 1, "they are woken once"

    def twice(event: Any) -> None:
        write(event)
        write(event)

    post.run(call=twice)
    assert post.told() == [("viewer", CREATED[1:2])]


def test_two_at_work_on_one_letter_send_it_once(world: HttpWorld, outlet: Outlet, post: Post):
    subscribe(world, "viewer")
    create(world, outlet)
    send = post.send_email
    others: list[Any] = []

    def meanwhile(**letter: Any) -> None:
        if not others:
            others.append(1)
            write(last[0])
        send(**letter)

    last: list[Any] = []

    def remember(event: Any) -> None:
        last[:] = [event]
        write(event)

    with patch.object(post, "send_email", meanwhile):
        post.run(call=remember)
    assert post.told() == [("viewer", CREATED[1:2])]


@pytest.mark.parametrize(
    "who",
    [
        {},
        {"groups": ("viewer",)},
        {"mail": "viewer@example.com"},
        {"groups": ("viewer",), "mail": "viewer@example.com", "person": "another"},
    ],
    ids=["none of both", "no address", "no right", "another one who is called so"],
)
def test_who_may_not_read_it_now_or_has_no_address_is_not_told(
    world: HttpWorld, outlet: Outlet, post: Post, who: dict[str, Any]
):
    subscribe(world, "viewer", "editor")
    groups = who.pop("groups", ())
    world.people.add("viewer", *groups, **who)
    world.later(2)
    create(world, outlet)
    post.run()
    assert post.told() == [("editor", CREATED[1:2])]


def test_who_is_gone_is_not_told(world: HttpWorld, outlet: Outlet, post: Post):
    subscribe(world, "viewer", "editor")
    del world.people.users["viewer"]
    create(world, outlet)
    post.run()
    assert post.told() == [("editor", CREATED[1:2])]


def test_what_happened_while_one_might_not_read_it_is_not_told_later(
    world: HttpWorld, outlet: Outlet, post: Post
):
    subscribe(world, "viewer")
    world.people.add("viewer", mail="viewer@example.com")
    create(world, outlet)
    post.run()
    world.people.add("viewer", "viewer", mail="viewer@example.com")
    world.later(2)
    create(world, outlet)
    post.run()
    assert post.told() == [("viewer", CREATED[2:3])]


def test_one_that_can_not_be_sent_holds_up_no_other_and_comes_later_with_all(
    world: HttpWorld, outlet: Outlet, post: Post
):
    subscribe(world, "viewer", "editor")
    post.refuses.add("viewer@example.com")
    create(world, outlet)

    def again_after_a_failure(event: Any) -> None:
        try:
            write(event)
        except ClientError:
            post.messages.append((post.later + timedelta(minutes=3), event["Records"][0]["body"]))

    post.run(timedelta(minutes=30), again_after_a_failure)
    assert post.told() == [("editor", CREATED[1:2])]
    create(world, outlet)
    post.run(timedelta(minutes=60), again_after_a_failure)
    assert post.told() == [("editor", CREATED[2:3])]
    post.refuses.clear()
    post.run(call=again_after_a_failure)
    assert post.told() == [("viewer", CREATED[1:3])]


def test_more_than_one_letter_holds_makes_more_of_them(world: HttpWorld, outlet: Outlet, post: Post):
    subscribe(world, "viewer")
    for _ in range(5):
        create(world, outlet)
    with patch.object(mailing, "EVERY", 2):
        post.run()
    assert [lines for _, lines in post.told()] == [CREATED[1:3], CREATED[3:5], CREATED[5:6]]


def test_of_many_subscribers_everybody_is_told(world: HttpWorld, outlet: Outlet, post: Post):
    subscribe(world, "viewer", "editor", "admin")
    create(world, outlet)
    with patch.object(mailing, "AT_ONCE", 1):
        post.run()
    assert [name for name, _ in post.told()] == ["admin", "editor", "viewer"]


def test_who_comes_back_is_told_of_what_happens_from_then_on(world: HttpWorld, outlet: Outlet, post: Post):
    about = {"eventName": "Asset Version Change", "entityName": "Asset", "entityId": "public"}
    subscribe(world, "viewer", "editor")
    create(world, outlet)
    post.run()
    for way in ("/unsubscribe", "/subscriptions"):
        world.ok(ADMIN, "DELETE", way, about | {"subscribers": ["viewer"]})
        create(world, outlet)
        post.run()
        subscribe(world, "viewer")
    create(world, outlet)
    post.run()
    assert [lines for name, lines in post.told() if name == "viewer"] == [CREATED[1:2], CREATED[4:5]]


# a stage without mail, and webhooks


def test_a_stage_without_mail_tells_nobody_and_works(world: HttpWorld, outlet: Outlet, post: Post):
    del os.environ["MAIL_URL"]
    subscribe(world, "viewer")
    create(world, outlet)
    assert post.messages == []
    assert [event["type"] for event in outlet.told()][-1] == "asset-versions.version.created"


def test_the_owner_of_a_webhook_that_was_disabled_is_told_and_so_are_admins(
    world: HttpWorld, outlet: Outlet, post: Post, lanes: Lanes, here: Receiver
):
    hook = make(world, here, url=f"{here.url}?token=secret")
    here.answers.append(410)
    create(world, outlet)
    lanes.run()
    outlet.publish()
    (event,) = outlet.told("policy")
    assert event["type"] == "asset-versions.webhook.disabled"
    assert event["subject"] == hook["webhookId"]
    assert event["data"]["details"]["owner"] == "sub-of-admin"
    assert "410" in event["data"]["details"]["reason"]
    post.run()
    (letter,) = post.sent
    assert (letter.to, letter.subject) == ("admin@example.com", "A webhook of yours was disabled")
    assert here.url in letter.text
    assert hook["webhookId"] in letter.text
    assert "secret" not in letter.text + letter.html + str(event)
    assert letter.headers == {}


def test_the_owner_of_one_that_is_enabled_again_meanwhile_is_left_alone(
    world: HttpWorld, outlet: Outlet, post: Post, lanes: Lanes, here: Receiver
):
    hook = make(world, here)
    here.answers.append(410)
    create(world, outlet)
    lanes.run()
    outlet.publish()
    world.ok(ADMIN, "PUT", f"/webhooks/{hook['webhookId']}", {"url": here.url, "events": ["*"]})
    post.run()
    assert post.sent == []


def test_another_one_who_is_called_as_the_owner_is_not_told_of_their_webhook(
    world: HttpWorld, outlet: Outlet, post: Post, lanes: Lanes, here: Receiver
):
    make(world, here)
    here.answers.append(410)
    create(world, outlet)
    lanes.run()
    outlet.publish()
    world.people.add("admin", "admin", mail="another@example.com", person="another")
    post.run()
    assert post.sent == []
