"""What a page needs of many manifests is read side by side: it waits for the slowest, not for all in turn."""

from io import BytesIO
from threading import Barrier
from types import SimpleNamespace
from typing import Any

from assetversions.domain.manifests.manifest import Entry, PathChange
from assetversions.storage.s3.manifests import S3Manifests

# More seconds than a barrier that is reached takes on a busy machine.
PATIENCE = 30


class Bucket:
    """Answers no read before so many have come."""

    exceptions = SimpleNamespace(NoSuchKey=KeyError)

    def __init__(self, reads: int) -> None:
        self._bodies: dict[str, bytes] = {}
        self._all_there = Barrier(reads)

    def put_object(self, *, Key: str, Body: bytes, **_: Any) -> None:  # noqa: N803
        self._bodies[Key] = Body

    def get_object(self, *, Key: str, **_: Any) -> dict[str, Any]:  # noqa: N803
        self._all_there.wait(PATIENCE)
        return {"Body": BytesIO(self._bodies[Key])}


def test_a_file_is_looked_for_in_all_manifests_of_a_page_at_once():
    manifests = S3Manifests(Bucket(5), "manifests")
    held = [Entry("a.txt", f"ov-{number}", 1, "e", 1) for number in range(5)]
    digests = [manifests.write(1, [PathChange("a.txt", None, one)], None).digest for one in held]
    assert list(manifests.find_each(1, digests, "a.txt")) == held
