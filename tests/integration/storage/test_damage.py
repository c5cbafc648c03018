"""A manifest part that is lost or spoilt is a finding; one that can't be fetched just now is an error."""

from typing import Any

import pytest
from assetversions.domain import ids
from assetversions.domain.manifests.manifest import Damaged, Entry
from assetversions.domain.manifests.merge import rows
from assetversions.runtime import stores
from botocore.exceptions import BotoCoreError, ConnectTimeoutError, ReadTimeoutError, SSLError
from botocore.response import StreamingBody

from tests.support.aws_faults import Calls
from tests.support.lambda_client import Client

ASSET = "/database/db1/assets/a1"
UID = ids.new_asset_uid()

ann = Client()


@pytest.fixture
def digest(on_moto: Calls) -> str:
    """Of a manifest of one file."""
    return stores.manifests().write(UID, rows((), [Entry("a", "v1", 1, "etag", 1)]), None).digest


@pytest.fixture
def key(s3_on_moto: Any, digest: str) -> str:
    (row,) = s3_on_moto.list_objects_v2(Bucket="manifests")["Contents"]
    assert digest in row["Key"]
    return str(row["Key"])


def time_out(monkeypatch: pytest.MonkeyPatch, error: type[BotoCoreError]) -> None:
    """From now on every body breaks off in the middle."""

    def read(*_: Any, **_amount: int | None) -> bytes:
        raise error(endpoint_url="https://s3", error="broken off")

    monkeypatch.setattr(StreamingBody, "read", read)


def test_a_part_that_is_gone_is_damaged(s3_on_moto: Any, digest: str, key: str):
    s3_on_moto.delete_object(Bucket="manifests", Key=key)
    with pytest.raises(Damaged):
        stores.manifests().root(UID, digest)


@pytest.mark.parametrize("cut", [slice(0, 0), slice(1, None), slice(0, -9), slice(0, 12)])
def test_a_part_that_can_t_be_unpacked_is_damaged(s3_on_moto: Any, digest: str, key: str, cut: slice):
    packed = s3_on_moto.get_object(Bucket="manifests", Key=key)["Body"].read()
    s3_on_moto.put_object(Bucket="manifests", Key=key, Body=packed[cut])
    with pytest.raises(Damaged):
        stores.manifests().root(UID, digest)


def test_a_part_whose_bytes_are_wrong_inside_is_damaged(s3_on_moto: Any, digest: str, key: str):
    packed = bytearray(s3_on_moto.get_object(Bucket="manifests", Key=key)["Body"].read())
    packed[12:20] = b"\xff" * 8
    s3_on_moto.put_object(Bucket="manifests", Key=key, Body=bytes(packed))
    with pytest.raises(Damaged):
        stores.manifests().root(UID, digest)


def test_whichever_bit_is_wrong_it_is_damaged_or_makes_no_difference(s3_on_moto: Any, digest: str, key: str):
    whole = stores.manifests().root(UID, digest)
    packed = s3_on_moto.get_object(Bucket="manifests", Key=key)["Body"].read()
    for place in range(len(packed)):
        flipped = packed[:place] + bytes([packed[place] ^ 1 << place % 8]) + packed[place + 1 :]
        s3_on_moto.put_object(Bucket="manifests", Key=key, Body=flipped)
        try:
            found = stores.manifests().root(UID, digest)
        except Damaged:
            continue
        assert found == whole


@pytest.mark.parametrize("error", [ReadTimeoutError, ConnectTimeoutError, SSLError])
def test_a_part_that_does_not_arrive_is_not_called_damaged(
    monkeypatch: pytest.MonkeyPatch, digest: str, error: type[Exception]
):
    time_out(monkeypatch, error)
    with pytest.raises(error):
        stores.manifests().root(UID, digest)


def test_no_verify_succeeds_without_the_manifest(
    on_moto: Calls, s3_on_moto: Any, monkeypatch: pytest.MonkeyPatch
):
    ann("POST", "/database", {"databaseId": "db1", "description": "a database"})
    ann(
        "POST", "/assets", {"databaseId": "db1", "assetId": "a1", "assetName": "A", "description": "an asset"}
    )
    s3_on_moto.put_object(Bucket="assets", Key="db1/a1/file", Body=b"x")
    assert ann("POST", f"{ASSET}/createVersion").status == 200
    with monkeypatch.context() as network:
        time_out(network, ReadTimeoutError)
        assert ann("POST", f"{ASSET}/assetversions/1/verify").status == 503
    assert ann("POST", f"{ASSET}/assetversions/1/verify").body["intact"] is True
