"""Each function's role against the calls that the function was seen to make: none is refused, none is spare.

tests/stack/test_partition_keys.py holds the roles in the templates to the same rights.
"""

from collections.abc import Iterator

import pytest

from infra.access import ACCESS, grants, rights
from infra.grants import GRANTS
from tests.integration.rights import background, requests
from tests.integration.rights.seen import Call
from tests.integration.rights.work import working

SCENES = (
    requests.every_route,
    requests.every_write,
    requests.drafts,
    requests.uploads,
    requests.versions_of_uploads,
    requests.sign_ins,
    background.jobs_without_end,
    background.jobs_that_are_refused,
    background.jobs_behind_others,
    background.archives,
    background.adoption,
    background.reconciliation,
    background.schedule,
    background.files_arrive,
    background.webhooks,
    background.mail,
    background.deployment,
)
# What Lambda asks for with a function's role: no function is seen to.
OF_LAMBDA = {
    "take file events",
    "take turns",
    "look at lanes",
    "take mail",
    "read the stream",
    "keep lost ends",
}
# Beside a grant's other actions, for files of more than 512 MiB, which go in parts.
IN_PARTS = {"s3:GetObjectTagging"}


@pytest.fixture(scope="module")
def seen() -> set[Call]:
    with working() as work:
        for scene in SCENES:
            scene(work)
        return work.seen.calls


@pytest.mark.parametrize("name", ACCESS)
def test_every_call_of_a_function_is_allowed(seen: set[Call], name: str) -> None:
    assert {call for call in seen if call.function == name} - set(_allowed(name)) == set()


@pytest.mark.parametrize("name", ACCESS)
def test_every_grant_of_a_function_is_used(seen: set[Call], name: str) -> None:
    """Reads, and what it takes to copy a file, are granted together."""
    used = {(call.resource, call.action) for call in seen if call.function == name}
    assert {
        grant
        for grant in grants(name)
        for resource, actions in GRANTS[grant]
        if not used & {(resource, action) for action in actions}
    } <= OF_LAMBDA


@pytest.mark.parametrize("name", ACCESS)
def test_a_function_may_write_in_the_ways_and_of_the_kinds_alone_that_it_does(
    seen: set[Call], name: str
) -> None:
    access = ACCESS[name]
    written = [call for call in seen if call.function == name and call.kind in access.kinds]
    assert {call.action.removeprefix("dynamodb:") for call in written} == set(access.writes)
    assert {call.kind for call in written} == set(access.kinds)


def test_every_action_that_is_granted_is_used_by_somebody(seen: set[Call]) -> None:
    used = {(call.resource, call.action) for call in seen}
    assert {
        action
        for grant, rows in GRANTS.items()
        for resource, actions in rows
        for action in actions
        if grant not in OF_LAMBDA and (resource, action) not in used
    } == IN_PARTS


def _allowed(name: str) -> Iterator[Call]:
    for right in rights(name):
        for action in right.actions:
            for kind in right.kinds or ("",):
                yield Call(name, right.resource, action, kind)
