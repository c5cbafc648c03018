"""Amazon S3: settings of a bucket that the emulator drops when they come from a template."""

from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from ministack.services import s3
from ministack.services.cloudformation import provisioners

# What a template calls otherwise than S3's API; a pair is a name inside another.
NAMES: dict[str, tuple[str, ...]] = {
    "Id": ("ID",),
    "Prefix": ("Filter", "Prefix"),
    "ExpirationInDays": ("Expiration", "Days"),
    "ExpiredObjectDeleteMarker": ("Expiration", "ExpiredObjectDeleteMarker"),
    "Transitions": ("Transition",),
    "NoncurrentVersionTransitions": ("NoncurrentVersionTransition",),
    "TransitionInDays": ("Days",),
    "Rules": ("Rule",),
    "ServerSideEncryptionConfiguration": ("Rule",),
    "ServerSideEncryptionByDefault": ("ApplyServerSideEncryptionByDefault",),
}
# Named alike in both.
SAME = {
    "Status",
    "StorageClass",
    "NoncurrentVersionExpiration",
    "NoncurrentDays",
    "NewerNoncurrentVersions",
    "AbortIncompleteMultipartUpload",
    "DaysAfterInitiation",
    "SSEAlgorithm",
    "KMSMasterKeyID",
    "BucketKeyEnabled",
}


def apply() -> None:
    lifecycle_and_encryption_of_templates_count()


def lifecycle_and_encryption_of_templates_count() -> None:
    """A template's LifecycleConfiguration and BucketEncryption are the bucket's.

    CloudFormation Template Reference, AWS::S3::Bucket.
    """
    carried = {row[0] for row in provisioners._S3_BUCKET_CONFIGURATIONS}
    assert carried == {"CorsConfiguration", "PublicAccessBlockConfiguration", "WebsiteConfiguration"}
    provisioners._S3_BUCKET_CONFIGURATIONS += (
        ("LifecycleConfiguration", _lifecycle, s3._put_bucket_lifecycle, s3._delete_bucket_lifecycle),
        ("BucketEncryption", _encryption, s3._put_bucket_encryption, s3._delete_bucket_encryption),
    )


def _lifecycle(settings: dict[str, Any]) -> bytes:
    return _xml("LifecycleConfiguration", settings)


def _encryption(settings: dict[str, Any]) -> bytes:
    return _xml("ServerSideEncryptionConfiguration", settings)


def _xml(name: str, settings: dict[str, Any]) -> bytes:
    root = Element(name, xmlns=s3.S3_NS)
    _fill(root, settings)
    return bytes(tostring(root))


def _fill(parent: Element, settings: dict[str, Any]) -> None:
    for name, value in settings.items():
        if name not in NAMES and name not in SAME:
            raise ValueError(f"local/strict/s3_templates.py does not know the bucket's setting {name}.")
        *outer, inner = NAMES.get(name, (name,))
        place = parent
        for tag in outer:
            found = place.find(tag)
            place = SubElement(place, tag) if found is None else found
        for one in value if isinstance(value, list) else [value]:
            element = SubElement(place, inner)
            if isinstance(one, dict):
                _fill(element, one)
            else:
                element.text = str(one).lower() if isinstance(one, bool) else str(one)
