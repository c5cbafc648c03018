"""Credentials that let nobody in: forged, of somebody else, or over."""

import base64
import json
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import httpx
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jose import jwt

from infra.people import add_user
from local.people import PASSWORD
from local.system import System
from tests.system.persons import OUT, ended, sign_in

TIMEOUT = 120


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _segment(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def signed(system: System, key: str, algorithm: str = "RS256", **claims: Any) -> dict[str, str]:
    """The admin's token with some claims changed, signed anew."""
    real = system.tokens["admin"]
    said = jwt.get_unverified_claims(real) | claims
    kid = jwt.get_unverified_header(real)["kid"]
    return bearer(jwt.encode(said, key, algorithm=algorithm, headers={"kid": kid}))


def own_key() -> str:
    own = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return own.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def without_algorithm(system: System) -> dict[str, str]:
    real = system.tokens["admin"]
    header, claims = jwt.get_unverified_header(real), jwt.get_unverified_claims(real)
    return bearer(f"{_segment(header | {'alg': 'none'})}.{_segment(claims)}.")


def tampered(system: System) -> dict[str, str]:
    head, _, signature = system.tokens["viewer"].split(".")
    claims = jwt.get_unverified_claims(system.tokens["admin"])
    return bearer(f"{head}.{_segment(claims)}.{signature}")


def public_key(system: System) -> str:
    """What everybody can read, as text that could pass for a secret."""
    keys = httpx.get(f"{system.endpoint}/{system.user_pool_id}/.well-known/jwks.json", timeout=TIMEOUT)
    kid = jwt.get_unverified_header(system.tokens["admin"])["kid"]
    return str(next(key["n"] for key in keys.json()["keys"] if key["kid"] == kid))


def of_another_pool(system: System, kind: str = "AccessToken") -> str:
    """Same name, same group, another pool."""
    cognito = system.client("cognito-idp")
    pool = cognito.create_user_pool(PoolName="other")["UserPool"]["Id"]
    cognito.create_group(UserPoolId=pool, GroupName="admin")
    add_user(cognito, pool, "admin", PASSWORD, "admin")
    return sign_in(system, "admin", kind, _client(system, pool))


def of_another_client(system: System, kind: str = "AccessToken") -> str:
    return sign_in(system, "admin", kind, _client(system, system.user_pool_id))


def _client(system: System, pool: str) -> str:
    made = system.client("cognito-idp").create_user_pool_client(
        UserPoolId=pool, ClientName="other", ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"]
    )
    return str(made["UserPoolClient"]["ClientId"])


BAD: dict[str, Callable[[System, str], dict[str, str]]] = {
    "no token": lambda _system, _key: {},
    "garbage": lambda _system, _key: bearer("garbage"),
    "three parts of garbage": lambda _system, _key: bearer("a.b.c"),
    "expired": lambda system, key: signed(system, key, exp=int(time.time()) - 1),
    "of another issuer": lambda system, key: signed(system, key, iss="https://example.org/pool"),
    "of another pool": lambda system, _key: bearer(of_another_pool(system)),
    "of another client": lambda system, _key: bearer(of_another_client(system)),
    "alg none": lambda system, _key: without_algorithm(system),
    "another signature": lambda system, _key: tampered(system),
    "another key": lambda system, _key: signed(system, own_key()),
    "HS256 with the public key": lambda system, _key: signed(system, public_key(system), "HS256"),
    "an ID token of another pool": lambda system, _key: bearer(of_another_pool(system, "IdToken")),
    "an ID token of another client": lambda system, _key: bearer(of_another_client(system, "IdToken")),
    "an unknown API token": lambda _system, _key: {"X-Api-Key": f"avt_{'0' * 20}_{'0' * 64}"},
}
BAD |= {how: partial(ended, out) for how, out in OUT.items()}
