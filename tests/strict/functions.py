"""Small functions, and HTTP APIs in front of them."""

import io
import json
import zipfile
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx

from local.aws import client
from tests.strict.roles import role

# It answers with its event, or does what the body asks for.
ECHO = """
import json, time

def handler(event, context):
    asked = json.loads(event.get("body") or "{}")
    if "fail" in asked:
        raise ValueError(asked["fail"])
    time.sleep(asked.get("seconds", 0))
    if "quotes" in asked:
        return {"statusCode": 200, "body": '"' * asked["quotes"]}
    event.pop("body", None)
    return {"statusCode": 200, "body": json.dumps(event)}
"""


def function(engine: str, code: str = ECHO, may: tuple[str, ...] = (), **how: Any) -> str:
    """A new function with this handler that `may` do so much; its ARN."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("index.py", code)
    name = f"f-{uuid4()}"
    made = client("lambda", engine).create_function(
        FunctionName=name,
        Runtime="python3.12",
        Role=role(engine, "lambda.amazonaws.com", *may),
        Handler="index.handler",
        Code={"ZipFile": packed.getvalue()},
        Timeout=20,
        **how,
    )
    return str(made["FunctionArn"])


@dataclass(frozen=True)
class Api:
    """An HTTP API of one route, `ANY /things/{thing}`."""

    engine: str
    api_id: str

    def __call__(self, method: str, path: str, *, host: str | None = None, **how: Any) -> httpx.Response:
        headers = {"Host": host or f"{self.api_id}.execute-api.localhost", **how.pop("headers", {})}
        return httpx.request(method, self.engine + path, headers=headers, timeout=60, **how)

    def event(self, path: str, **how: Any) -> dict[str, Any]:
        """What the function is told of a GET."""
        answer = self("GET", path, **how)
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = json.loads(answer.text)
        return told


def http_api(engine: str, timeout_ms: int = 30_000, **how: Any) -> Api:
    gateway = client("apigatewayv2", engine)
    api_id = gateway.create_api(Name=f"api-{uuid4()}", ProtocolType="HTTP", **how)["ApiId"]
    integration = gateway.create_integration(
        ApiId=api_id,
        IntegrationType="AWS_PROXY",
        IntegrationUri=function(engine),
        PayloadFormatVersion="2.0",
        TimeoutInMillis=timeout_ms,
    )["IntegrationId"]
    gateway.create_route(ApiId=api_id, RouteKey="ANY /things/{thing}", Target=f"integrations/{integration}")
    gateway.create_stage(ApiId=api_id, StageName="$default", AutoDeploy=True)
    return Api(engine, api_id)
