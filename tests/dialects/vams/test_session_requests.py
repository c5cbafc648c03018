"""What a VAMS client asks about who has signed in, and who is told of an asset."""

import json
from typing import Any

import pytest
from assetversions.dialects.common.http import Request
from assetversions.dialects.vams.requests import session as session_requests
from assetversions.dialects.vams.requests import subscriptions as subscription_requests
from assetversions.domain.errors import Invalid


def body(given: Any, **path: str) -> Request:
    return Request(path=path, body=json.dumps(given))


def test_the_routes_of_a_client_are_asked_for_as_they_stand_in_its_pages() -> None:
    routes = [{"method": "GET", "route__path": "/databases", "label": "x"}]
    asked = session_requests.list_allowed_routes(body({"routes": routes}))
    assert asked.routes == (("GET", "/databases"),)
    for wrong, field in (
        ({}, "routes"),
        ({"routes": [{"method": "GET"}]}, "routes.0.route__path"),
        ({"routes": [{"method": "FETCH", "route__path": "/x"}]}, "routes.0.method"),
        ({"routes": routes * 201}, "routes"),
    ):
        with pytest.raises(Invalid) as refused:
            session_requests.list_allowed_routes(body(wrong))
        assert refused.value.field == field


def test_who_signs_in_may_tell_an_address_and_nothing_else_in_its_place() -> None:
    assert session_requests.sign_in(body({"email": "ann@example.com"}, userId="ann")).user == "ann"
    assert session_requests.sign_in(Request(path={"userId": "ann"})).user == "ann"
    with pytest.raises(Invalid, match="email"):
        session_requests.sign_in(body({"email": 1}, userId="ann"))


def test_schemas_are_asked_for_by_a_kind_of_metadata_that_there_is() -> None:
    asked = {"databaseId": "GLOBAL", "metadataEntityType": "assetMetadata"}
    assert session_requests.list_schemas(Request(query=asked)).user is None
    with pytest.raises(Invalid, match="metadataEntityType"):
        session_requests.list_schemas(Request(query={"metadataEntityType": "metadata"}))


def test_a_user_is_looked_for_among_the_subscribers_of_an_asset() -> None:
    command = subscription_requests.check_subscription(body({"userId": "ann", "assetId": "engine"}))
    assert (command.asset_id, command.database_id, command.user) == ("engine", None, "ann")
    for wrong, field in (
        ({"assetId": "engine"}, "userId"),
        ({"userId": "ann"}, "assetId"),
        ({"userId": "ann", "assetId": "a/b"}, "assetId"),
        ({"userId": "", "assetId": "engine"}, "userId"),
    ):
        with pytest.raises(Invalid) as refused:
            subscription_requests.check_subscription(body(wrong))
        assert refused.value.field == field
