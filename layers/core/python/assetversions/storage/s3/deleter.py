"""Put delete markers on many files: S3 may do it for some of them, and fail for others one by one."""

from collections.abc import Sequence
from typing import Any

from assetversions.storage.attempts import attempts
from assetversions.storage.overload import passes
from assetversions.storage.s3.listing import BATCH, batches
from assetversions.storage.s3.write_outcome import known_outcome


class Deleter:
    """Deletes within one bucket."""

    def __init__(self, client: Any, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def delete(self, keys: Sequence[str]) -> None:
        """Keys for which S3 had no time are sent again, alone; Busy where that does not end."""
        for batch in batches(keys, BATCH):
            rest = batch
            for _ in attempts():
                rest = self._left_over(rest)
                if not rest:
                    break

    def _left_over(self, keys: Sequence[str]) -> list[str]:
        """Those to be sent again; an error that no retry cures is raised."""
        objects = [{"Key": key} for key in keys]
        with known_outcome():
            reply = self._client.delete_objects(
                Bucket=self._bucket, Delete={"Objects": objects, "Quiet": True}
            )
        errors = reply.get("Errors", [])
        final = [error for error in errors if not passes(error["Code"])]
        if final:
            raise RuntimeError(f"{len(final)} files were not deleted, the first: {final[0]}")
        return [error["Key"] for error in errors]
