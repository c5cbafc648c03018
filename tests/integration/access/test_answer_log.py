"""Each answer leaves one line of log and one of metrics, that say what is known of this request alone."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from assetversions.runtime import answer_log, stores

from tests.support.http_world import ASSET, CONSTRAINTS, HttpWorld, constraint, user
from tests.support.lambda_client import MACHINE, machine

VERSIONS = f"{ASSET}/getVersions"
SECRET = "/database/db1/assets/secret/getVersions"


class Log:
    def __init__(self) -> None:
        self._text = io.StringIO()
        self.file = self._text

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self._text.getvalue().splitlines()]

    def answers(self) -> list[dict[str, Any]]:
        return [line for line in self.lines() if line["message"] == "Answered"]


@pytest.fixture
def log(guest: HttpWorld) -> Iterator[Log]:
    """What is logged once the system stands."""
    found, handler = Log(), answer_log.logger.registered_handler
    assert isinstance(handler, logging.StreamHandler)
    level, stream = answer_log.logger.log_level, handler.stream
    answer_log.logger.setLevel("INFO")
    handler.setStream(found.file)
    yield found
    answer_log.logger.setLevel(level)
    handler.setStream(stream)


def metrics(printed: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in printed.splitlines() if line.startswith('{"_aws"')]


def test_two_requests_to_a_warm_function_leave_two_lines_each_with_its_own_caller(guest: HttpWorld, log: Log):
    guest.call(user("admin"), "GET", VERSIONS, request_id="one")
    guest.call(user("ann"), "GET", VERSIONS, request_id="two")
    said = [(line["request_id"], line["caller"]) for line in log.answers()]
    assert said == [("one", "sub-of-admin"), ("two", "sub-of-ann")]
    assert len(log.lines()) == 2


def test_a_line_says_what_was_asked_how_it_ended_which_rule_decided_and_how_long_it_took(
    guest: HttpWorld, log: Log
):
    guest.call(user("ann"), "GET", VERSIONS)
    (line,) = log.answers()
    assert line["route"] == "GET /database/{databaseId}/assets/{assetId}/getVersions"
    assert (line["operation"], line["status"]) == ("list_versions", 200)
    assert "error" not in line
    assert line["rule"] == "guest-assets"
    assert 0 < line["duration_ms"] < 60_000


def test_a_refusal_names_its_error_and_the_rule_that_refused(guest: HttpWorld, log: Log):
    guest.call(user("ann"), "GET", SECRET)
    (line,) = log.answers()
    assert (line["status"], line["error"], line.get("rule")) == (403, "forbidden", None)


def test_a_refusal_by_a_rule_names_it(guest: HttpWorld, log: Log):
    groups = [{"groupId": "guest", "permission": "GET", "permissionType": "deny"}]
    guest.ok(user("admin"), "POST", CONSTRAINTS, constraint("closed", groupPermissions=groups))
    guest.later()
    guest.call(user("ann"), "GET", VERSIONS)
    assert (log.answers()[-1]["error"], log.answers()[-1]["rule"]) == ("forbidden", "closed")


def test_nothing_of_a_caller_is_said_of_the_next_one_who_is_nobody(guest: HttpWorld, log: Log):
    guest.call(user("admin"), "GET", VERSIONS)
    guest.call({}, "GET", VERSIONS)
    assert [line.get("caller") for line in log.answers()] == ["sub-of-admin", None]
    assert log.answers()[1]["error"] == "unauthenticated"
    assert "rule" not in log.answers()[1]


def test_a_machine_that_names_no_user_is_the_caller_of_what_it_is_refused(guest: HttpWorld, log: Log):
    assert (
        guest.call(machine(), "GET", "/AutodeskDM/Services/api/vault/v2/vaults/db1/property-definitions")[0]
        == 401
    )
    assert [(line["caller"], line["error"]) for line in log.answers()] == [(MACHINE, "unauthenticated")]


def test_a_line_names_nobody_and_tells_for_whom_a_machine_acts(guest: HttpWorld, log: Log):
    """Names are personal data, and go to who has another name tomorrow."""
    guest.ok(user("admin"), "POST", "/user-roles", {"userId": MACHINE, "roleName": ["viewer"]})
    for whom in ("ann", "nobody"):
        guest.call(machine(), "GET", VERSIONS, headers={"x-user-id": whom})
    said = [(line["caller"], line.get("acts_for")) for line in log.answers()]
    assert said == [("sub-of-admin", None), (MACHINE, "sub-of-ann"), (MACHINE, None)]
    names = {value for line in log.lines() for value in line.values()} & {"admin", "ann", "nobody"}
    assert not names


def test_an_open_route_has_no_caller(guest: HttpWorld, log: Log, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CLIENT_ID", "client")
    guest.call(user("admin"), "GET", VERSIONS)
    guest.ok({}, "GET", "/api/version")
    assert [line.get("caller") for line in log.answers()] == ["sub-of-admin", None]


def test_an_error_that_nobody_meant_leaves_its_stack_with_the_id_of_the_request(
    guest: HttpWorld, log: Log, monkeypatch: pytest.MonkeyPatch
):
    def broken(*_args: Any) -> Any:
        raise ZeroDivisionError("of our own")

    monkeypatch.setattr(stores, "services", broken)
    status, body = guest.call(user("ann"), "GET", VERSIONS, request_id="broken")
    unexpected, answered = log.lines()
    assert (unexpected["message"], unexpected["request_id"]) == ("Unexpected error", "broken")
    assert "ZeroDivisionError: of our own" in unexpected["exception"]
    assert (answered["status"], answered["error"]) == (500, "unexpected")
    assert status == 500
    assert "of our own" not in json.dumps(body)


def test_metrics_count_answers_by_operation_kind_of_status_and_error(
    guest: HttpWorld, log: Log, capsys: pytest.CaptureFixture[str]
):
    capsys.readouterr()
    guest.call(user("ann"), "GET", VERSIONS)
    guest.call(user("ann"), "GET", SECRET)
    fine, refused = metrics(capsys.readouterr().out)
    assert (fine["operation"], fine["status"], fine["error"]) == ("list_versions", "2xx", "none")
    assert (refused["operation"], refused["status"], refused["error"]) == (
        "list_versions",
        "4xx",
        "forbidden",
    )
    assert fine["Answers"] == [1.0]
    assert fine["Duration"][0] > 0
    (told,) = fine["_aws"]["CloudWatchMetrics"]
    assert told["Namespace"] == "asset-versions"
    assert {"operation", "status", "error"} <= set(told["Dimensions"][0])
