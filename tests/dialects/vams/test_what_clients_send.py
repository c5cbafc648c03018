"""What clients of VAMS send is done, or refused by its name: nothing is taken and dropped."""

from typing import Any

import pytest
from assetversions.domain.commands.catalog import (
    ArchiveAsset,
    DeleteAsset,
    DeleteSubscription,
    UnarchiveAsset,
    UpdateDatabase,
)
from assetversions.domain.errors import Invalid

from tests.dialects.vams.test_requests import ASSET, DATABASE, REF, decode, refusal

SUBSCRIPTION = {"eventName": "Asset Version Change", "entityName": "Asset", "entityId": "a1"}


@pytest.mark.parametrize(
    ("operation", "body", "field", "next_step"),
    [
        (
            "create_asset",
            ASSET | {"bucketExistingKey": "old/car/"},
            "bucketExistingKey",
            "/database/db1/adopt",
        ),
        (
            "create_database",
            DATABASE | {"restrictMetadataOutsideSchemas": True},
            "restrictMetadataOutsideSchemas",
            "leave it out",
        ),
        (
            "update_database",
            {"restrictMetadataOutsideSchemas": True},
            "restrictMetadataOutsideSchemas",
            "leave it out",
        ),
        (
            "download_file",
            {"downloadType": "assetPreview", "assetVersionId": "1"},
            "assetVersionId",
            "no version",
        ),
        ("archive_asset", {"confirmArchive": False}, "confirmArchive", "true"),
        ("archive_asset", {"reason": "x" * 257}, "reason", "256"),
        ("delete_asset", {}, "confirmPermanentDelete", "required"),
        ("delete_asset", {"confirmPermanentDelete": False}, "confirmPermanentDelete", "true"),
        ("delete_asset", {"confirmPermanentDelete": True, "reason": "x" * 257}, "reason", "256"),
        ("unarchive_asset", {"confirmUnarchive": False}, "confirmUnarchive", "true"),
    ],
)
def test_what_is_not_done_is_refused_with_what_to_do(operation: str, body: Any, field: str, next_step: str):
    assert refusal(operation, body) == field
    with pytest.raises(Invalid, match=next_step):
        decode(operation, body)


def test_what_says_nothing_is_taken():
    assert decode("create_asset", ASSET | {"bucketExistingKey": None}) == decode("create_asset", ASSET)
    assert decode("create_asset", ASSET | {"bucketExistingKey": ""}) == decode("create_asset", ASSET)
    said = {"restrictMetadataOutsideSchemas": False}
    assert decode("create_database", DATABASE | said) == decode("create_database", DATABASE)
    assert decode("update_database", said) == UpdateDatabase("db1")


def test_a_reason_goes_with_archiving_and_with_coming_back():
    assert decode("archive_asset") == ArchiveAsset(REF)
    assert decode("archive_asset", {"confirmArchive": True, "reason": "sold"}) == ArchiveAsset(
        REF, None, "sold"
    )
    gone = {"confirmPermanentDelete": True, "reason": "scrapped"}
    assert decode("delete_asset", gone) == DeleteAsset(REF, None, "scrapped")
    back = {"confirmUnarchive": True, "reason": "bought"}
    assert decode("unarchive_asset", back) == UnarchiveAsset(REF, None, "bought")


def test_all_types_of_files_are_no_restriction():
    given = DATABASE | {"restrictFileUploadsToExtensions": ".glb,.all"}
    assert decode("create_database", given).extensions == ()
    assert decode("update_database", {"restrictFileUploadsToExtensions": ".ALL"}).extensions == ()


def test_a_database_may_be_told_its_bucket_again():
    assert decode("update_database", {"defaultBucketId": "assets"}) == UpdateDatabase("db1", bucket="assets")


def test_a_subscription_is_deleted_for_all_with_or_without_their_names():
    assert decode("delete_subscription", SUBSCRIPTION) == DeleteSubscription("a1", None)
    assert decode("delete_subscription", SUBSCRIPTION | {"subscribers": []}) == DeleteSubscription("a1", None)
    for operation in ("subscribe", "unsubscribe"):
        assert refusal(operation, SUBSCRIPTION) == "subscribers"


@pytest.mark.parametrize("operation", ["archive_version", "unarchive_version"])
def test_what_is_archived_or_back_already_may_be_sent_again(operation: str):
    assert decode(operation).again
