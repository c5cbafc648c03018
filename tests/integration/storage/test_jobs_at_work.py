"""Who may change an asset can have so many operations at work on it, and no flood of them."""

from typing import Any
from unittest.mock import patch

from assetversions.runtime.executions import Executions

from tests.support.aws import Calls
from tests.support.lambda_client import Answer, Client
from tests.support.routes import ASSET, make_asset


def verify(user: str) -> Answer:
    later = {"prefer": "respond-async"}
    return Client(user, (user,))("POST", f"{ASSET}/assetversions/1/verify", headers=later)


def test_a_verification_too_many_is_refused_until_one_has_ended(calls: Calls, s3: Any):
    make_asset(s3)
    assert verify("viewer").status == 403
    with patch.object(Executions, "start", lambda _executions, _name, _given: None):
        asked = [verify("editor") for _ in range(10)]
        assert {one.status for one in asked} == {202}
        refused = verify("admin")
        assert (refused.status, refused.headers["Retry-After"]) == (429, "1")
        assert "10 operations are at work on this asset" in refused.body["message"]
        with patch.object(Executions, "stop", lambda *_: None):
            cancelled = Client("editor", ("editor",))(
                "DELETE", f"{ASSET}/operations/{asked[0].body['operationId']}"
            )
        assert cancelled.status == 200
        assert verify("admin").status == 202
