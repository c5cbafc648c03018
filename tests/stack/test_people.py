"""Whoever deployed a stage makes the first user of it, who signs in at once."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from jose import jwt
from moto import mock_aws

from infra import deployed, people
from tests.stack.described import Described

GROUPS = ("admin", "editor", "viewer")
GOOD = "Rather-long-1"


@pytest.fixture
def cognito(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The pool of a deployed stage, and a shell with credentials and no terminal."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    for name in ("PASSWORD", "AWS_PROFILE", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    with mock_aws():
        client: Any = boto3.client("cognito-idp", region_name="eu-central-1")
        pool = client.create_user_pool(PoolName="people")["UserPool"]["Id"]
        flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
        app = client.create_user_pool_client(UserPoolId=pool, ClientName="app", ExplicitAuthFlows=flows)
        for group in GROUPS:
            client.create_group(UserPoolId=pool, GroupName=group)
        found = {"UserPoolId": pool, "ClientId": app["UserPoolClient"]["ClientId"]}
        monkeypatch.setattr(people, "outputs", lambda stage, where: found)
        client.pool = pool
        yield client


def _user(name: str = "mara", group: str = "editor") -> None:
    people.main(["user", "--stage", "dev", "--name", name, "--group", group])


def _claims(capsys: pytest.CaptureFixture[str], name: str = "mara") -> dict[str, Any]:
    people.main(["token", "--stage", "dev", "--name", name])
    claims: dict[str, Any] = jwt.get_unverified_claims(capsys.readouterr().out.strip())
    return claims


def test_a_user_with_a_given_password_signs_in(
    cognito: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PASSWORD", GOOD)
    _user()
    assert GOOD not in capsys.readouterr().out
    claims = _claims(capsys)
    assert (claims["token_use"], claims["username"], claims["cognito:groups"]) == (
        "access",
        "mara",
        ["editor"],
    )


def test_without_a_terminal_a_password_is_made_and_shown(
    cognito: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _user()
    password = capsys.readouterr().out.rpartition("shown this once: ")[2].strip()
    assert len(password) == 20
    assert all(set(kind) & set(password) for kind in people.KINDS)
    monkeypatch.setenv("PASSWORD", password)
    assert _claims(capsys)["username"] == "mara"


def test_asking_again_adds_the_group_and_keeps_the_password(
    cognito: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PASSWORD", GOOD)
    _user()
    monkeypatch.delenv("PASSWORD")
    _user(group="admin")
    assert "keeps the password" in capsys.readouterr().out
    monkeypatch.setenv("PASSWORD", GOOD)
    assert set(_claims(capsys)["cognito:groups"]) == {"admin", "editor"}


def test_asking_again_with_a_password_sets_it(
    cognito: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _user()
    monkeypatch.setenv("PASSWORD", GOOD)
    _user()
    capsys.readouterr()
    assert _claims(capsys)["username"] == "mara"


def test_a_user_left_half_made_gets_a_password(cognito: Any, capsys: pytest.CaptureFixture[str]) -> None:
    cognito.admin_create_user(UserPoolId=cognito.pool, Username="mara", MessageAction="SUPPRESS")
    _user()
    assert "shown this once" in capsys.readouterr().out


@pytest.mark.parametrize("group", ["editors", ""])
def test_an_unknown_group_is_answered_with_those_there_are(cognito: Any, group: str) -> None:
    with pytest.raises(SystemExit, match="Say one of GROUP=admin, GROUP=editor, GROUP=viewer"):
        _user(group=group)
    assert cognito.list_users(UserPoolId=cognito.pool)["Users"] == []


def test_a_name_has_to_be_said() -> None:
    with pytest.raises(SystemExit, match="NAME=mara"):
        _user(name="")


def test_a_token_needs_a_password(cognito: Any) -> None:
    with pytest.raises(SystemExit, match="PASSWORD"):
        people.main(["token", "--stage", "dev", "--name", "mara"])


def test_a_wrong_password_is_cognito_s_to_refuse(cognito: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    _user()
    monkeypatch.setenv("PASSWORD", "Another-one-1")
    with pytest.raises(SystemExit, match="mara: "):
        people.main(["token", "--stage", "dev", "--name", "mara"])


def test_a_sign_in_that_asks_for_more_is_not_taken_for_a_token() -> None:
    class AsksForACode:
        def initiate_auth(self, **asked: Any) -> dict[str, str]:
            return {"ChallengeName": "SOFTWARE_TOKEN_MFA"}

    with pytest.raises(SystemExit, match="SOFTWARE_TOKEN_MFA"):
        people.access_token(AsksForACode(), "client", "mara", GOOD)


def test_a_stage_that_is_not_there_is_to_be_deployed_first() -> None:
    with pytest.raises(SystemExit, match=r"not deployed in eu-central-1\. First: make deploy STAGE=dev"):
        deployed.outputs("dev", Described(None))


def test_a_stage_that_failed_half_way_is_to_be_deployed_again() -> None:
    with pytest.raises(
        SystemExit, match=r"not whole in eu-central-1 \(ROLLBACK_COMPLETE\). First: make deploy"
    ):
        deployed.outputs("dev", Described({"StackStatus": "ROLLBACK_COMPLETE"}))


def test_a_stage_tells_its_addresses() -> None:
    outputs = [{"OutputKey": "UserPoolId", "OutputValue": "pool"}]
    found = deployed.outputs("dev", Described({"StackStatus": "UPDATE_COMPLETE", "Outputs": outputs}))
    assert found == {"UserPoolId": "pool"}


@pytest.mark.parametrize("again", [False, True])
def test_a_user_with_an_address_gets_mail_there(
    cognito: Any, monkeypatch: pytest.MonkeyPatch, again: bool
) -> None:
    monkeypatch.setenv("PASSWORD", GOOD)
    if again:
        _user()
        monkeypatch.delenv("PASSWORD")
    people.main(
        ["user", "--stage", "dev", "--name", "mara", "--group", "editor", "--mail", "mara@example.com"]
    )
    found = cognito.admin_get_user(UserPoolId=cognito.pool, Username="mara")["UserAttributes"]
    told = {one["Name"]: one["Value"] for one in found}
    assert (told["email"], told["email_verified"]) == ("mara@example.com", "true")
