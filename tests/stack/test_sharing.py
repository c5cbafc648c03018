"""The accounts that a stage names may put rules of their own on the bus of events, and nobody else may."""

from typing import Any

from tests.stack.conftest import OTHER_ACCOUNT, Resources
from tests.stack.test_alarms import all_of


def shares(templates: dict[str, Resources]) -> list[dict[str, Any]]:
    return list(all_of(templates, "AWS::Events::EventBusPolicy").values())


def bus(name: str, templates: dict[str, Resources]) -> str:
    """The logical id of one of the two."""
    (found,) = (key for key in all_of(templates, "AWS::Events::EventBus") if key[:-8] == name)
    return found


def test_another_account_may_have_rules_of_its_own_on_the_bus(careful: dict[str, Resources]) -> None:
    (policy,) = shares(careful)
    statement = policy["Statement"]
    assert f":iam::{OTHER_ACCOUNT}:root" in str(statement["Principal"]["AWS"])
    assert {"events:PutRule", "events:PutTargets"} <= set(statement["Action"])
    # Of those of others it sees and changes nothing, and it puts no events.
    assert statement["Condition"] == {
        "StringEqualsIfExists": {"events:creatorAccount": "${aws:PrincipalAccount}"}
    }
    assert not {"events:*", "events:PutEvents", "events:PutPermission"} & set(statement["Action"])
    assert statement["Effect"] == "Allow"


def test_what_is_told_of_policy_is_shared_with_nobody(careful: dict[str, Resources]) -> None:
    (policy,) = shares(careful)
    assert policy["EventBusName"] == {"Ref": bus("Bus", careful)}
    assert bus("PolicyBus", careful) not in str(policy)


def test_a_stage_that_names_no_account_shares_nothing(templates: dict[str, Resources]) -> None:
    assert shares(templates) == []
