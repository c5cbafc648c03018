"""Whatever names are taken, the keys that they make have the sizes that DynamoDB allows."""

from collections.abc import Callable, Iterator

import pytest
from assetversions.domain import names
from assetversions.domain.errors import Invalid
from assetversions.domain.ids import uuid7
from assetversions.domain.metadata import MAX_KEY_BYTES, Property, ValueType
from assetversions.storage.dynamodb import index_keys, keys, mail_keys

WIDE = "𝄞"  # four bytes
ID = str(uuid7())


def longest(check: Callable[[str, str], str]) -> str:
    """The longest name that is taken."""
    for length in range(300, 0, -1):
        try:
            return check(WIDE * length, "name")
        except Invalid:
            continue
    pytest.fail("no name is taken")


def every_key() -> Iterator[keys.Key]:
    database, asset = "d" * 63, longest(names.asset_id)
    yield keys.database(database)
    yield keys.listed_database(database)
    yield keys.head(database, asset)
    yield keys.listed_asset(database, asset)
    yield keys.property_of(database, Property("k" * MAX_KEY_BYTES, max(ValueType, key=len)).place)
    longest_place = Property("k" * MAX_KEY_BYTES, max(ValueType, key=len)).place
    yield keys.having(database, longest_place, asset)
    yield keys.version(database, asset, 2**32 - 1)
    yield keys.alias(database, asset, longest(names.alias))
    for named in (keys.event, keys.job, keys.upload):
        yield named(database, asset, ID)
    yield keys.upload_files(database, asset, ID, 99)
    yield mail_keys.subscription(database, asset)
    yield index_keys.named(database, asset, longest(names.alias), ID)
    yield index_keys.tagged(database, WIDE * 256, asset)
    yield mail_keys.told_by_mail(database, asset, ID)
    yield mail_keys.mail_due(database, asset, "2026-03-15T10:30:00.000Z")
    for name in (longest(names.policy_name), longest(names.role_name)):
        yield keys.rule(name)
        yield keys.role(name)
        yield keys.membership(name)


@pytest.mark.parametrize("key", list(every_key()), ids=lambda key: "+".join(key))
def test_a_key_has_the_size_that_the_table_allows(key: keys.Key):
    for name, value in key.items():
        assert 0 < len(value.encode()) <= (2048 if name == keys.PARTITION else 1024)
