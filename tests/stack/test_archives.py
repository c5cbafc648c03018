"""Archives of versions go by themselves: they can be packed anew."""

from assetversions.domain import zips
from aws_cdk.assertions import Template


def test_an_archive_is_deleted_with_all_its_versions_once_its_days_are_over(template: Template) -> None:
    buckets = template.find_resources("AWS::S3::Bucket")
    (rules,) = (
        found["Properties"]["LifecycleConfiguration"]["Rules"][1:]
        for found in buckets.values()
        if len(found["Properties"]["LifecycleConfiguration"]["Rules"]) > 1
    )
    enabled = {"Prefix": zips.PREFIX, "Status": "Enabled"}
    kept = {"ExpirationInDays": 7, "NoncurrentVersionExpiration": {"NoncurrentDays": 1}}
    assert rules == [enabled | kept, enabled | {"ExpiredObjectDeleteMarker": True}]
    assert zips.KEPT.days == 7
