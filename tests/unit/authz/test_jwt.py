"""Tokens of routes that check them here: only what our pool signed, for our clients, and still in time."""

import time
from typing import Any
from urllib.error import URLError

import pytest
from authz.identity import Identity, KeysUnavailable, NoIdentity, from_claims
from authz.tokens import REFETCH_SECONDS, JwtVerifier
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from jose import jwk, jwt
from jose.utils import base64url_encode

ISSUER = "https://cognito-idp.us-east-1.amazonaws.com/pool"
BEGAN = {"origin_jti": "session", "auth_time": 1_700_000_000}
CLAIMS = {"token_use": "access", "client_id": "ours", "username": "ann", "iss": ISSUER, "sub": "1"} | BEGAN


def new_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return pem.decode()


KEYS = {"one": new_key(), "two": new_key()}


def public(key_id: str) -> dict[str, Any]:
    return jwk.construct(KEYS[key_id], "RS256").public_key().to_dict() | {"kid": key_id}


class Pool:
    """The pool's published keys; counts how often they are asked for."""

    def __init__(self, *key_ids: str) -> None:
        self.key_ids, self.asked, self.at = list(key_ids), 0, 0.0
        self.failures: list[Exception] = []
        self.verifier = JwtVerifier(ISSUER, ["ours", "machine"], self.fetch, lambda: self.at)

    def fetch(self) -> list[dict[str, Any]]:
        self.asked += 1
        if self.failures:
            raise self.failures.pop(0)
        return [public(key_id) for key_id in self.key_ids]

    def user(self, token: str) -> str:
        return from_claims(self.verifier.claims(token)).user


def token(key_id: str = "one", algorithm: str = "RS256", key: str | None = None, **claims: Any) -> str:
    now = int(time.time())
    said = {"exp": now + 600, "iat": now} | CLAIMS | claims
    kept = {name: value for name, value in said.items() if value is not None}
    return jwt.encode(kept, key or KEYS[key_id], algorithm=algorithm, headers={"kid": key_id})


def test_a_good_access_token_names_its_user():
    assert Pool("one").user(token()) == "ann"


@pytest.mark.parametrize(
    "wrong",
    [
        {"exp": 1},
        {"exp": None},
        {"nbf": 4_000_000_000},
        {"iss": "https://cognito-idp.us-east-1.amazonaws.com/other"},
        {"iss": None},
        {"client_id": "theirs"},
        {"client_id": None},
        {"client_id": None, "aud": "ours"},
        {"token_use": "id"},
        {"token_use": None},
        {"exp": [1]},
        {"exp": {}},
        {"nbf": []},
        {"iat": {}},
        {"iss": 7},
        {"client_id": ["ours"]},
        {"username": ""},
        {"username": 7},
    ],
    ids=str,
)
def test_one_wrong_claim_is_enough_to_be_nobody(wrong: dict[str, Any]):
    pool = Pool("one")
    assert pool.user(token()) == "ann"
    with pytest.raises(NoIdentity):
        pool.user(token(**wrong))


def test_a_signature_of_another_key_is_refused():
    with pytest.raises(NoIdentity):
        Pool("one").user(token("one", key=KEYS["two"]))


@pytest.mark.parametrize("algorithm", ["RS384", "RS512"])
def test_the_right_key_with_another_algorithm_is_refused(algorithm: str):
    with pytest.raises(NoIdentity):
        Pool("one").user(token(algorithm=algorithm))


def signed_over(hash_: Any) -> str:
    """A token whose header says RS256, signed with the pool's key over another hash."""
    said, _, _ = token().rpartition(".")
    key: Any = serialization.load_pem_private_key(KEYS["one"].encode(), None)
    signature = key.sign(said.encode(), padding.PKCS1v15(), hash_)
    return f"{said}.{base64url_encode(signature).decode()}"


def test_a_signature_over_a_weaker_hash_is_refused():
    """`cryptography` sees to that; python-jose's own backend takes the hash from the signature."""
    assert Pool("one").user(signed_over(hashes.SHA256())) == "ann"
    with pytest.raises(NoIdentity):
        Pool("one").user(signed_over(hashes.SHA1()))  # noqa: S303


@pytest.mark.parametrize("secret", ["n", "kid"])
def test_what_is_public_is_no_secret(secret: str):
    with pytest.raises(NoIdentity):
        Pool("one").user(token(algorithm="HS256", key=str(public("one")[secret])))


def test_alg_none_is_refused():
    head, body, _ = token().split(".")
    none = "eyJhbGciOiJub25lIiwia2lkIjoib25lIn0"
    for forged in (f"{none}.{body}.", f"{none}.{body}", f"{head}.{body}."):
        with pytest.raises(NoIdentity):
            Pool("one").user(forged)


@pytest.mark.parametrize("text", ["", "a", "a.b", "a.b.c", "....", "é.é.é", "eyJ9.e30.x", "x" * 10_000])
def test_garbage_is_nobody(text: str):
    with pytest.raises(NoIdentity):
        Pool("one").user(text)


def test_the_keys_are_fetched_once():
    pool = Pool("one")
    for _ in range(3):
        pool.user(token())
    assert pool.asked == 1


def test_a_new_key_of_the_pool_is_found():
    pool = Pool("one")
    pool.user(token())
    pool.key_ids.append("two")
    pool.at += REFETCH_SECONDS
    assert pool.user(token("two")) == "ann"
    assert pool.asked == 2


def test_unknown_key_ids_make_no_flood_of_fetches():
    pool = Pool("one")
    for _ in range(20):
        with pytest.raises(NoIdentity):
            pool.user(token("two"))
        pool.at += REFETCH_SECONDS / 10
    assert pool.asked <= 3


OUTAGES = [URLError("no route"), TimeoutError(), ValueError("not JSON"), KeyError("keys")]


@pytest.mark.parametrize("outage", OUTAGES, ids=repr)
def test_a_fetch_that_fails_is_tried_again_at_once(outage: Exception):
    pool = Pool("one")
    pool.failures = [outage]
    assert pool.user(token()) == "ann"
    assert pool.asked == 2


@pytest.mark.parametrize("outage", OUTAGES, ids=repr)
def test_where_the_keys_can_not_be_had_no_token_is_refused_and_none_is_taken(outage: Exception):
    pool = Pool("one")
    pool.failures = [outage] * 2
    with pytest.raises(KeysUnavailable):
        pool.user(token())
    assert pool.user(token()) == "ann", "the very next request has them"


def test_known_keys_serve_while_others_can_not_be_had():
    pool = Pool("one")
    pool.user(token())
    pool.at += REFETCH_SECONDS
    pool.failures = [URLError("no route")] * 4
    for _ in range(2):
        with pytest.raises(KeysUnavailable):
            pool.user(token("two"))
        assert pool.user(token()) == "ann"
    with pytest.raises(NoIdentity):
        pool.user(token("two"))


def test_a_machine_s_token_names_its_client_and_its_scopes():
    scope = "asset-versions/data:read other/thing"
    said = token(username=None, sub="machine", client_id="machine", scope=scope)
    claims = Pool("one").verifier.claims(said)
    assert from_claims(claims) == Identity(
        "machine", "machine", frozenset(), "machine", frozenset({"data:read"})
    )


def test_a_token_without_a_user_is_a_machine_s_only_if_its_subject_is_the_client():
    with pytest.raises(NoIdentity):
        Pool("one").user(token(username=None, sub="1"))
