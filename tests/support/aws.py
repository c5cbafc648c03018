"""The table and the buckets on moto, with an eye on every AWS call."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import authz
import boto3
from assetversions.domain.policy import User
from assetversions.runtime import admitted, authorizer, aws, looking, outward, stores, wiring
from assetversions.runtime.persons import Standing
from assetversions.storage.dynamodb import keys, policy_snapshot
from authz.identity import Identity
from authz.rules import Rule
from botocore.session import get_session
from moto import mock_aws

from tests.support.aws_faults import Calls
from tests.support.quick_moto import SERIALIZER, as_it_is

ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_REGION": "us-east-1",
    # With documents and pages of a line each.
    "LAMBDA_TASK_ROOT": str(Path(__file__).parent / "task"),
    "TABLE_NAME": "table",
    "ASSETS_BUCKET": "assets",
    "ASSETS_PREFIX": "",
    "MANIFESTS_BUCKET": "manifests",
    "USER_POOL_ID": "pool",
    "LOOK_AT_PERSON": "look_at_person",
    "CLIENT_ID": "client",
    "SIGN_IN_CLIENT_ID": "browsers",
    "SIGN_IN_URL": "https://pages.example",
    "POOLS_URL": "https://pools.example",
    "TOKENS_API_URL": "https://tokens.example",
    "CLIENT_IDS": "client browsers",
    "API_TOKEN_DAYS": "365",
    "REFUSALS_KEPT_DAYS": "14",
    "JOBS_PER_PERSON": "20",
    "JOBS_PER_ASSET": "10",
    "DIRECT_WRITES": "allowed",
    "LINK_MINUTES": "15",
    "ISSUER": "https://issuer.example/pool",
    "TURNS_URL": "https://sqs.us-east-1.amazonaws.com/123456789012/turns",
    "EVENT_BUS": "assets",
    "POLICY_BUS": "policy",
    "PARKED_URL": "parked",
    "LANES_URL": "lanes",
    "SECRETS_KEY": "alias/secrets",
    "TICKETS_KEY": "alias/tickets",
    "RETRY_SECONDS": "5",
    "POWERTOOLS_SERVICE_NAME": "test",
    "POWERTOOLS_LOG_LEVEL": "CRITICAL",
    "PYDANTIC_DISABLE_PLUGINS": "__all__",
}


# Those of a container that asks the function which asks the pool.
REAL_USERS = wiring.users


def sub_of(name: str) -> str:
    """The `sub` of the first one who is called so."""
    return f"sub-of-{name}"


class People:
    """The pool's users: nobody, until a test adds someone."""

    def __init__(self) -> None:
        self.users: dict[str, User] = {}

    def add(
        self,
        name: str,
        *groups: str,
        mfa: bool = False,
        person: str | None = None,
        mail: str | None = None,
    ) -> None:
        """Also changes one who is there."""
        self.users[name] = User(person or sub_of(name), name, frozenset(groups), mfa, mail)

    def find(self, name: str) -> User | None:
        return self.users.get(name)

    def standing(self, identity: Identity, _item: Any, _credential: str) -> Standing:
        """Whoever has signed in may still come in; tests/integration/access/test_looks has the real one."""
        user = self.users.get(identity.user)
        return Standing(
            _item, user is not None and user.mfa, 0, 0 if identity.sign_in is None else identity.sign_in.at
        )


def people() -> People:
    """Those whom the product knows within `moto_aws`."""
    known: object = wiring.users()
    assert isinstance(known, People)
    return known


@contextmanager
def moto_aws() -> Iterator[Calls]:
    """A fresh account: the table and both buckets, the product's clients made anew, one call at a time.

    The pool of users is not of moto, so it is a fake.
    """
    with (
        patch.dict(os.environ, ENVIRONMENT),
        patch.object(wiring, "SIDE_BY_SIDE", 1),
        patch.object(wiring, "users", cache(People)),
        patch.object(SERIALIZER, "_serialize_type_structure", as_it_is),
        mock_aws(),
    ):
        make_stores(_client("dynamodb"), _client("s3"))
        _client("sqs").create_queue(QueueName="turns")
        session = get_session()
        watched = boto3.Session(botocore_session=session)
        calls = Calls().watch(watched.events)
        with patch.object(aws, "session", lambda: session), patch.object(boto3, "DEFAULT_SESSION", watched):
            forget_clients()
            yield calls
            forget_clients()


@cache
def _client(service: str) -> Any:
    """One for all accounts, which nobody watches: making it takes longer than what it does."""
    return boto3.session.Session().client(service)


def make_stores(dynamodb: Any, s3: Any) -> None:
    """The table and both buckets, as the stack makes them."""
    make_table(dynamodb)
    for bucket in ("assets", "manifests"):
        s3.create_bucket(Bucket=bucket)
    s3.put_bucket_versioning(Bucket="assets", VersioningConfiguration={"Status": "Enabled"})


def make_table(dynamodb: Any) -> None:
    names = (keys.PARTITION, keys.SORT)
    dynamodb.create_table(
        TableName="table",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in names],
        KeySchema=_schema(keys.PARTITION, keys.SORT),
    )


def starter(name: str) -> Any:
    """What a new system begins with."""
    return json.loads(Path(authz.__file__).with_name(name).read_text())


STARTER_RULES = starter("starter_policy.json")


def store_rules(rules: list[dict[str, Any]]) -> None:
    """What the stack does when it is deployed, and a team that adds rules of its own."""
    parsed = [Rule.model_validate(rule) for rule in rules]
    policy_snapshot.add_missing(
        wiring.table(), {rule.rule_id: rule.model_dump(mode="json") for rule in parsed}
    )


def put(key: Mapping[str, Any], **facts: Any) -> None:
    """An item of the table, as only another release, or a hand in it, can have written it."""
    table = wiring.table()
    table.write(table.put({**key, **facts}))


def forget_clients() -> None:
    """Everything that a container makes once, of whatever the wiring has."""
    beside = (admitted.admission, authorizer.jwt_verifier, looking._looking)
    made = (made_once for module in (aws, wiring, stores, outward) for made_once in vars(module).values())
    for made_once in (*made, REAL_USERS, *beside):
        if hasattr(made_once, "cache_clear"):
            made_once.cache_clear()


def _schema(partition: str, sort: str) -> list[dict[str, str]]:
    return [
        {"AttributeName": partition, "KeyType": "HASH"},
        {"AttributeName": sort, "KeyType": "RANGE"},
    ]
