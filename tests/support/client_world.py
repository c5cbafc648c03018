"""The service and its storage for a client in this process: a transport into the account in memory."""

import io
import threading
from collections.abc import Callable
from contextlib import redirect_stdout
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import msgspec
from assetversions_client.http import Http
from botocore.exceptions import ClientError

from tests.simulation.aws import Account
from tests.support.lambda_client import Authorizer, ask, user

URL = "https://api"
# What storage answers with, or None to let it be: a failure on the way.
Fault = Callable[[httpx.Request], httpx.Response | None]


class World(httpx.BaseTransport):
    """One call at a time: what is in memory knows no threads. It keeps what was asked and what was sent."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.who: Authorizer = user("editor", "editor")
        self.asked: list[str] = []
        self.sent_bytes = 0
        self.fault: Fault = lambda _: None
        self._lock = threading.Lock()

    def http(self) -> Http:
        return Http(URL, lambda *, fresh=False: "token", self, pause=lambda _: None)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        body = request.read()
        with self._lock:
            self.asked.append(f"{request.method} {request.url.path}")
            reply = self.fault(request)
            if reply is not None:
                return reply
            if request.url.host == "aws":
                return self._storage(request, body)
            return self._service(request, body)

    def _service(self, request: httpx.Request, body: bytes) -> httpx.Response:
        asked = parse_qs(request.url.query.decode(), keep_blank_values=True)
        query = {name: value[-1] for name, value in asked.items()}
        path = request.url.raw_path.decode().partition("?")[0]
        with redirect_stdout(io.StringIO()):  # its log, and what it counts
            answer = ask(
                self.who,
                request.method,
                path,
                msgspec.json.decode(body) if body else None,
                query=query or None,
                headers=dict(request.headers) | {"accept-encoding": "identity"},
            )
        return httpx.Response(answer.status, headers=answer.headers, json=answer.body)

    def _storage(self, request: httpx.Request, body: bytes) -> httpx.Response:
        address = urlsplit(str(request.url))
        told: dict[str, Any] = {name: value[-1] for name, value in parse_qs(address.query).items()}
        try:
            return getattr(self, address.path.strip("/"))(request, told, body)
        except ClientError as error:
            status = error.response["ResponseMetadata"]["HTTPStatusCode"]
            return httpx.Response(status, text=f"<Code>{error.response['Error']['Code']}</Code>")

    def upload_part(self, _request: httpx.Request, told: dict[str, Any], body: bytes) -> httpx.Response:
        self.sent_bytes += len(body)
        named = {name: told[name] for name in ("Bucket", "Key", "UploadId")}
        reply = self.account.s3.upload_part(**named, PartNumber=int(told["PartNumber"]), Body=body)
        return httpx.Response(200, headers={"ETag": reply["ETag"]})

    def put_object(self, _request: httpx.Request, told: dict[str, Any], body: bytes) -> httpx.Response:
        assert len(body) == int(told["ContentLength"])
        self.sent_bytes += len(body)
        reply = self.account.s3.put_object(Bucket=told["Bucket"], Key=told["Key"], Body=body)
        return httpx.Response(200, headers={"ETag": reply["ETag"]})

    def get_object(self, request: httpx.Request, told: dict[str, Any], _body: bytes) -> httpx.Response:
        named = {name: told[name] for name in ("Bucket", "Key", "VersionId")}
        asked = request.headers.get("Range")
        reply = self.account.s3.get_object(**named, **({"Range": asked} if asked else {}))
        return given(reply["Body"].read(), 206 if asked else 200)


def given(body: bytes, status: int = 200) -> httpx.Response:
    """Bytes as storage gives them: as a stream."""
    return httpx.Response(status, stream=httpx.ByteStream(body))
