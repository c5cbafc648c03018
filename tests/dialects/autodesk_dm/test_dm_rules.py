"""Every parameter and field that the vendor documents does what it says, or is refused by its name."""

from copy import deepcopy
from typing import Any
from urllib.parse import quote

import pytest
from assetversions.dialects.autodesk_dm import ids

from tests.dialects.autodesk_dm import rules
from tests.support import REF

PROJECT = "/data/v1/projects/b.db1"


@pytest.fixture
def made(api: Any) -> Any:
    """Its asset has a version of one drawing."""
    api.world.files.put(REF, "plans/Drawing.pdf", b"x")
    api.world.create()
    return api


def told(reply: Any, rule: rules.Rule) -> bool:
    """Whether the reply is the one that the table has."""
    if reply.status != rule.status:
        return False
    return rule.status < 400 or reply.body["errors"][0]["detail"].startswith(f"{rule.names}: ")


def urn(made: Any) -> str:
    return ids.spell_version(made.world.head().uid, 1)


@pytest.mark.parametrize("rule", rules.PARAMETERS, ids=lambda rule: f"{rule.route} {rule.name}={rule.sent}")
def test_a_parameter_is_honoured_or_refused(made: Any, rule: rules.Rule):
    path = rule.route.format(item="a1", version=quote(urn(made), safe=""))
    assert told(made.ask("GET", f"{PROJECT}/{path}?{rule.name}={rule.sent}"), rule)


@pytest.mark.parametrize(
    "route", ["versions/{version}", "versions/{version}/item", "versions/{version}/refs"]
)
def test_a_urn_that_was_not_escaped_has_its_number_in_the_query(made: Any, route: str):
    found, _, number = urn(made).partition("?")
    asked = made.get(f"{PROJECT}/{route.format(version=found)}?{number}")
    assert asked["data"] == made.get(f"{PROJECT}/{route.format(version=quote(urn(made), safe=''))}")["data"]


def body(rule: rules.Rule) -> Any:
    found: dict[str, Any] = {"data": {"type": "versions"}}
    *above, last = rule.name.split(".")
    place = found
    for step in above:
        place = place.setdefault(step, dict(rules.FILE) if step == "extension" else {})
    place[last] = rule.sent
    return found


@pytest.mark.parametrize("rule", rules.BODY, ids=lambda rule: f"{rule.name} {rule.status}")
def test_a_field_is_honoured_or_refused(made: Any, rule: rules.Rule):
    reply = made.ask("POST", f"{PROJECT}/versions?copyFrom={quote(urn(made), safe='')}", body(rule))
    assert told(reply, rule)
    assert made.world.head().latest == (2 if rule.status == 201 else 1)


def changed(data: dict[str, Any], rule: rules.Rule) -> dict[str, Any]:
    """The same, with what the rule sends; None leaves it out."""
    found = deepcopy(data)
    *above, last = rule.name.split(".")
    place = found
    for step in above:
        place = place.setdefault(step, {})
    place.pop(last, None)
    if rule.sent is not None:
        place[last] = rule.sent
    return {"jsonapi": {"version": "1.0"}, "data": found}


@pytest.mark.parametrize("rule", rules.DELETIONS, ids=lambda rule: f"{rule.name} {rule.status}")
def test_a_deletion_s_field_is_honoured_or_refused(made: Any, rule: rules.Rule):
    reply = made.ask("POST", f"{PROJECT}/versions", changed(rules.DELETION, rule))
    assert told(reply, rule)
    assert made.world.head().latest == (2 if rule.status == 201 else 1)


@pytest.mark.parametrize("rule", rules.CHANGES, ids=lambda rule: f"{rule.route} {rule.name} {rule.status}")
def test_what_is_changed_is_so_then_or_refused(made: Any, rule: rules.Rule):
    item = rule.route == rules.ITEM
    uid, facts = made.world.head().uid, {"displayName": "b.pdf"} if item else {"name": "Drawing.pdf"}
    of_item = {"type": "items", "id": ids.spell_item(uid), "attributes": facts}
    data = of_item if item else {"type": "versions", "id": urn(made), "attributes": facts}
    path = rule.route.format(item=quote(ids.spell_item(uid), safe=""), version=quote(urn(made), safe=""))
    reply = made.ask("PATCH", f"{PROJECT}/{path}", changed(data, rule))
    assert told(reply, rule)
    if rule.status == 200 and item:
        assert made.ask("PATCH", f"{PROJECT}/{path}", changed(data, rule)).status == 200
        assert made.world.head().latest == 2
    if rule.status == 200:
        facts = made.get(f"{PROJECT}/{path}")["data"]["attributes"]
        assert facts[rule.name.removeprefix("attributes.")] == rule.sent


def writes(made: Any) -> dict[str, tuple[str, str, dict[str, Any]]]:
    """Everything that is written through this API, by what it is."""
    version, item = quote(urn(made), safe=""), quote(ids.spell_item(made.world.head().uid), safe="")
    renamed = {"type": "items", "attributes": {"displayName": "b.pdf"}}
    named = {"type": "versions", "attributes": {"name": "Drawing.pdf"}}
    return {
        "copy": ("POST", f"versions?copyFrom={version}", {"type": "versions"}),
        "deletion": ("POST", "versions", rules.DELETION),
        "item": ("PATCH", f"items/{item}", renamed),
        "version": ("PATCH", f"versions/{version}", named),
    }


@pytest.mark.parametrize("write", ["copy", "deletion", "item", "version"])
def test_a_write_on_another_state_of_the_item_than_it_names_changes_nothing(made: Any, write: str):
    method, path, data = writes(made)[write]
    before = made.world.head()
    stale = {"if-match": f'"{before.rev - 1}"'}
    reply = made.ask(method, f"{PROJECT}/{path}", {"data": data}, stale)
    assert (reply.status, made.world.head()) == (409, before)
    fresh = {"if-match": f'"{before.rev}"'}
    assert made.ask(method, f"{PROJECT}/{path}", {"data": data}, fresh).status in {200, 201}
