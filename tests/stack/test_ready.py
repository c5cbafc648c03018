"""Before CDK is asked, one sentence says what is missing: stage, credentials, account, bootstrap."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.awsrequest import AWSResponse
from moto import mock_aws

from infra import deployed, ready
from infra.settings import Settings
from tests.stack.described import Described

REGION = "eu-central-1"
OURS = "123456789012"


@pytest.fixture(autouse=True)
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(ready, "fetch_lambda_python", lambda: None)
    with mock_aws():
        yield


def _stage(monkeypatch: pytest.MonkeyPatch, **more: Any) -> None:
    """Let every stage of cdk.json be this one."""
    found = Settings(log_retention_days=14, keep_data=more.pop("keep_data", False), **more)
    for module in (deployed, ready):
        monkeypatch.setattr(module, "from_file", lambda name: found)


def _bootstrap() -> None:
    boto3.client("ssm", region_name=REGION).put_parameter(Name=ready.BOOTSTRAPPED, Value="30", Type="String")


def test_what_fits_is_said_and_let_through(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _stage(monkeypatch, account=OURS, region=REGION, keep_data=True)
    _bootstrap()
    ready.main("deploy", "prod")
    assert f"AssetVersions-prod: account {OURS}, region {REGION}" in capsys.readouterr().out


def test_the_region_of_the_shell_serves_a_stage_that_names_none(monkeypatch: pytest.MonkeyPatch) -> None:
    _stage(monkeypatch)
    with pytest.raises(SystemExit, match="No region is set"):
        ready.main("deploy", "dev")
    monkeypatch.setenv("AWS_REGION", REGION)
    assert deployed.session("dev").region_name == REGION


def test_the_shell_of_another_account_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    _stage(monkeypatch, account="999999999999", region=REGION)
    with pytest.raises(SystemExit, match=f"belongs to account 999999999999, .* are for {OURS}"):
        ready.main("deploy", "dev")


def test_without_credentials_it_says_how_to_get_some(monkeypatch: pytest.MonkeyPatch) -> None:
    _stage(monkeypatch, account=OURS, region=REGION)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    with pytest.raises(SystemExit, match="aws sso login"):
        ready.main("deploy", "dev")


def test_an_account_without_bootstrap_is_told_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    _stage(monkeypatch, account=OURS, region=REGION)
    with pytest.raises(SystemExit, match="make bootstrap STAGE=dev"):
        ready.main("deploy", "dev")
    ready.main("bootstrap", "dev")


def test_what_keeps_data_names_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    _stage(monkeypatch, keep_data=True)
    for action in ("bootstrap", "deploy", "destroy"):
        with pytest.raises(SystemExit, match="Stage prod keeps data"):
            ready.main(action, "prod")


def test_a_protected_stack_is_not_destroyed(monkeypatch: pytest.MonkeyPatch) -> None:
    _stage(monkeypatch, account=OURS, region=REGION)
    stack = {"StackStatus": "CREATE_COMPLETE", "EnableTerminationProtection": True}
    monkeypatch.setattr(ready, "session", lambda stage: Described(stack))
    with pytest.raises(SystemExit, match="update-termination-protection --no-enable-termination-protection"):
        ready.main("destroy", "prod")


class Told:
    """A session to whose only question S3 answers in these words; moto leaves EventBridge out of them."""

    def __init__(self, told: str) -> None:
        self.told = told

    def stream(self) -> Iterator[bytes]:
        yield f"<NotificationConfiguration>{self.told}</NotificationConfiguration>".encode()

    def client(self, service: str) -> Any:
        found = boto3.client(service, region_name=REGION)
        answer = "before-send.s3.GetBucketNotificationConfiguration"
        found.meta.events.register(answer, lambda request, **_: AWSResponse(request.url, 200, {}, self))
        return found


def test_a_bucket_that_is_attached_has_to_tell_of_its_changes() -> None:
    ready._need_events(None, Told(""))
    ready._need_events("old-assets", Told("<EventBridgeConfiguration/>"))
    with pytest.raises(SystemExit, match="put-bucket-notification-configuration --bucket old-assets"):
        ready._need_events("old-assets", Told(""))
