"""Archives of versions, and packs of uploads, go by themselves."""

from assetversions.domain import packs, zips
from assetversions.domain.uploads import OPEN_FOR
from aws_cdk.assertions import Template


def test_an_archive_or_a_pack_is_deleted_with_all_its_versions_once_its_days_are_over(
    template: Template,
) -> None:
    buckets = template.find_resources("AWS::S3::Bucket")
    (rules,) = (
        found["Properties"]["LifecycleConfiguration"]["Rules"][1:]
        for found in buckets.values()
        if len(found["Properties"]["LifecycleConfiguration"]["Rules"]) > 1
    )
    expected = []
    for prefix, days in (("zips/", 7), ("packs/", 2)):
        enabled = {"Prefix": prefix, "Status": "Enabled"}
        kept = {"ExpirationInDays": days, "NoncurrentVersionExpiration": {"NoncurrentDays": 1}}
        expected += [enabled | kept, enabled | {"ExpiredObjectDeleteMarker": True}]
    assert rules == expected
    assert zips.KEPT.days == 7
    assert packs.KEPT > OPEN_FOR
