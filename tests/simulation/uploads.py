"""A client that uploads: start, send the parts, complete; or abort, or forget about it."""

from typing import Any

from assetversions.domain.commands.files import AbortUpload, CompleteUpload, RenewLinks, StartUpload
from assetversions.domain.packs import SentPack, key
from assetversions.domain.uploads import NewFile, Part, SentFile, UploadFile
from assetversions.operations.uploads.abort_upload import abort_upload
from assetversions.operations.uploads.complete_upload import complete_upload
from assetversions.operations.uploads.renew_links import renew_links
from assetversions.operations.uploads.start_upload import start_upload
from botocore.exceptions import BotoCoreError, ClientError

from tests.simulation.aws import ASSETS, MANIFESTS
from tests.simulation.oracle import PREFIX, REF
from tests.simulation.requests import Request, ask
from tests.simulation.world import PATHS, World

SENDS = 5


class Uploader:
    """`bodies` are what was sent, by upload and path."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._random = world.random
        self.bodies: dict[str, dict[str, bytes]] = {}

    def start(self, client: str) -> Request | None:
        """The request to end it, which is still to be made; None where it got stuck before."""
        paths = sorted(self._random.sample(PATHS, self._random.randrange(1, 5)))
        empty = self._random.random() < 0.1
        bodies = {path: f"{client} {self._random.getrandbits(32)}".encode() for path in paths}
        if empty:
            bodies[paths[0]] = b""
        in_pack = {path for path, body in bodies.items() if body and self._random.random() < 0.4}
        files = tuple(
            NewFile(path, path, len(body), 0, pack=1)
            if path in in_pack
            else NewFile(path, path, len(body), int(bool(body)))
            for path, body in bodies.items()
        )
        begun = ask(self._world, Request(client, start_upload, StartUpload(REF, files)))
        if begun.end != "done":
            return None
        upload = begun.value.upload
        self.bodies[upload.upload_id] = bodies
        self._world.scheduler.note("sends to", upload.upload_id[-4:])
        sent = [self._send(file, bodies[file.path]) for file in upload.files]
        pack = b"".join(bodies[file.path] for file in upload.files if file.pack)
        packs = self._send_pack(upload.upload_id, pack) if pack else ()
        if self._random.random() < 0.12:
            return Request(client, abort_upload, AbortUpload(REF, upload.upload_id))
        named = tuple(one for one in sent if one is not None)
        if len(named) > 1 and self._random.random() < 0.2:
            named = named[1:]
        if not named:
            return None
        return Request(client, complete_upload, CompleteUpload(REF, upload.upload_id, named, packs=packs))

    def otherwise(self, client: str, request: Request) -> list[Request]:
        """What else may be asked for an upload, beside the request that ends it or after that."""
        upload_id = request.command.upload_id
        some: list[tuple[Any, Any]] = [
            (abort_upload, AbortUpload(REF, upload_id)),
            (renew_links, RenewLinks(REF, upload_id)),
            (request.operation, request.command),
        ]
        chosen = self._random.choices(some, k=self._random.randrange(1, 4))
        return [Request(client, *one) for one in chosen]

    def _send_pack(self, upload_id: str, body: bytes) -> tuple[SentPack, ...]:
        for _ in range(SENDS):
            try:
                reply = self._world.account.s3.put_object(MANIFESTS, key(upload_id, 1), body)
            except (ClientError, BotoCoreError):
                continue
            return (SentPack(1, reply["ETag"].strip('"')),)
        return ()

    def _send(self, file: UploadFile, body: bytes) -> SentFile | None:
        if file.s3_id is None:
            return SentFile(file.path, file.path, None, (), packed=file.pack is not None)
        where: dict[str, Any] = {"Bucket": ASSETS, "Key": PREFIX + file.path, "UploadId": file.s3_id}
        for _ in range(SENDS):
            try:
                reply = self._world.account.s3.upload_part(**where, PartNumber=1, Body=body)
            except (ClientError, BotoCoreError):
                continue
            part = Part(1, reply["ETag"].strip('"'))
            return SentFile(file.path, file.path, file.s3_id, (part,))
        return None
