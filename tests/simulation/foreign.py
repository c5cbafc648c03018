"""Who writes to the bucket without asking us: puts, deletes, renames, uploads in parts."""

from botocore.exceptions import BotoCoreError, ClientError

from tests.simulation.aws import ASSETS
from tests.simulation.oracle import PREFIX
from tests.simulation.world import PATHS, World


class Stranger:
    """`renames` are pairs of an old and a new path, a copy followed by a delete."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._s3 = world.account.s3
        self._random = world.random
        self.renames: list[tuple[str, str]] = []

    def work(self, times: int) -> None:
        for _ in range(times):
            act = self._random.choice([self._put, self._put, self._delete, self._rename, self._upload])
            try:
                act()
            except (ClientError, BotoCoreError):
                continue

    def _put(self) -> None:
        body = f"foreign {self._random.getrandbits(32)}".encode()
        self._s3.put_object(Bucket=ASSETS, Key=self._key(), Body=body)

    def _delete(self) -> None:
        self._s3.delete_object(Bucket=ASSETS, Key=self._key())

    def _rename(self) -> None:
        """To a name that was free."""
        there = {path for path in PATHS if self._world.bucket.newest(PREFIX + path) is not None}
        if not there or there == set(PATHS):
            return
        old = self._random.choice(sorted(there))
        new = self._random.choice(sorted(set(PATHS) - there))
        self.renames.append((old, new))
        self._s3.copy_object(
            Bucket=ASSETS, Key=PREFIX + new, CopySource={"Bucket": ASSETS, "Key": PREFIX + old}
        )
        self._s3.delete_object(Bucket=ASSETS, Key=PREFIX + old)

    def _upload(self) -> None:
        """It is placed by its start, whatever is written meanwhile."""
        begun = self._s3.create_multipart_upload(Bucket=ASSETS, Key=self._key())
        where = {name: begun[name] for name in ("Bucket", "Key", "UploadId")}
        self._world.scheduler.rest(self._random.choice([0, 0.1, 2]))
        part = self._s3.upload_part(**where, PartNumber=1, Body=b"in parts %d" % self._random.getrandbits(32))
        parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
        self._s3.complete_multipart_upload(**where, MultipartUpload=parts)

    def _key(self) -> str:
        return PREFIX + self._random.choice(PATHS)
