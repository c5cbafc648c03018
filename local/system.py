"""Brings the whole system up on this machine, for `make run` and for the system tests alike."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local import people
from local.aws import client
from local.console import Console
from local.deploy import deploy, synthesize
from local.emulator import CREDENTIALS, HOST, answers, emulator, is_free
from local.gateway import gateway

READY_SECONDS = 60
Say = Callable[[str], None]
# Puts the templates of the local stage in a folder, for an API and one for tokens at these addresses.
Synthesize = Callable[[Path, str, str], None]


@dataclass(frozen=True)
class System:
    """Where everything is."""

    api_url: str
    tokens_api_url: str
    endpoint: str
    table: str
    assets_bucket: str
    manifests_bucket: str
    user_pool_id: str
    client_id: str
    machine_client_id: str
    sign_in_client_id: str
    tokens: dict[str, str]

    def client(self, service: str) -> Any:
        """A boto3 client of this system, with every permission."""
        return client(service, self.endpoint)

    def token(self, user: str) -> str:
        """A fresh access token of one of the three users."""
        return people.token(self.endpoint, self.client_id, user)

    def machine_token(self, scope: str = "") -> str:
        """A fresh access token of the machine client, with all its scopes or these."""
        return people.machine_token(self.endpoint, self.user_pool_id, self.machine_client_id, scope)

    def environment(self) -> dict[str, str]:
        """The same, as the environment variables that clients read."""
        tokens = {f"{user.upper()}_TOKEN": token for user, token in self.tokens.items()}
        return {
            "API_URL": self.api_url,
            "TOKENS_API_URL": self.tokens_api_url,
            "AWS_ENDPOINT_URL": self.endpoint,
            **CREDENTIALS,
            "ASSETS_BUCKET": self.assets_bucket,
            "MANIFESTS_BUCKET": self.manifests_bucket,
            "TABLE_NAME": self.table,
            "USER_POOL_ID": self.user_pool_id,
            "CLIENT_ID": self.client_id,
            "MACHINE_CLIENT_ID": self.machine_client_id,
            "SIGN_IN_CLIENT_ID": self.sign_in_client_id,
            **tokens,
        }


@contextmanager
def running_system(
    state: Path, port: int, tokens_port: int, say: Say, synthesize: Synthesize = synthesize
) -> Iterator[System]:
    """The system on `port`, and on `tokens_port` for API tokens, with its data in `state`."""
    for one in (port, tokens_port):
        if not is_free(one):
            raise SystemExit(
                f"Port {one} is taken. Stop what listens there, or choose others: make run PORT=9000 takes "
                "9000 and 9001."
            )
    urls = f"http://{HOST}:{port}", f"http://{HOST}:{tokens_port}"
    say("Synthesizing the template")
    synthesize(state / "cdk.out", *urls)
    say("Starting the emulator")
    with emulator(state) as endpoint:
        say("Deploying the stack")
        outputs = deploy(state / "cdk.out", endpoint)
        say("Making users and tokens")
        people.make_users(endpoint, outputs["UserPoolId"])
        system = _describe(*urls, endpoint, outputs)
        console = Console(
            f"{endpoint}/{system.assets_bucket}/",
            f"{endpoint}/{system.manifests_bucket}/packs/",
            f"{endpoint}/oauth2/",
        )
        with (
            gateway(port, endpoint, outputs["ApiId"], console),
            gateway(tokens_port, endpoint, outputs["TokensApiId"]),
        ):
            say("Waiting for the API to answer")
            _wait(system.api_url)
            try:
                yield system
            finally:
                say("Stopping; the emulator saves its state")


def _describe(api_url: str, tokens_api_url: str, endpoint: str, outputs: dict[str, str]) -> System:
    client_id = outputs["ClientId"]
    return System(
        api_url=api_url,
        tokens_api_url=tokens_api_url,
        endpoint=endpoint,
        table=outputs["TableName"],
        assets_bucket=outputs["AssetsBucket"],
        manifests_bucket=outputs["ManifestsBucket"],
        user_pool_id=outputs["UserPoolId"],
        client_id=client_id,
        machine_client_id=outputs["MachineClientId"],
        sign_in_client_id=outputs["SignInClientId"],
        tokens={user: people.token(endpoint, client_id, user) for user in people.USERS},
    )


def _wait(api_url: str) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not answers(f"{api_url}/api/version"):
        if time.monotonic() > deadline:
            raise SystemExit(
                f"GET {api_url}/api/version does not answer. Why: the lines of service in ministack.log, "
                "in the state folder."
            )
        time.sleep(0.5)
