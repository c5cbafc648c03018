"""The packs of an upload: where they are sent, whether they have arrived, and their files put in place."""

from collections.abc import Sequence

from assetversions.domain.errors import Conflict
from assetversions.domain.packs import PackLink, SentPack, packs_of, stretches
from assetversions.domain.ports.services import Services
from assetversions.domain.uploads import SentFile, Upload, UploadFile


def links(services: Services, upload: Upload, *, begun: bool = False) -> list[PackLink]:
    """A link to each; once the upload has `begun`, with what has arrived."""
    packs = packs_of(upload.files)
    if not packs:
        return []
    urls = services.packs.links(upload.upload_id, packs)
    stored = services.packs.stored(upload.upload_id, packs) if begun else [None] * len(packs)
    return [
        PackLink(pack, url, found.etag if found and found.size == pack.size else None)
        for pack, url, found in zip(packs, urls, stored, strict=True)
    ]


def problems(
    services: Services,
    upload: Upload,
    sent: Sequence[SentPack],
    files: Sequence[tuple[UploadFile, SentFile]],
) -> dict[str, str]:
    """What keeps files from being complete, by path: the pack of each has to be named, and to be there."""
    wanted = {file.pack for file, _ in files}
    packs = [pack for pack in packs_of(upload.files) if pack.number in wanted]
    if not packs:
        return {}
    named = {pack.number: pack.etag for pack in sent}
    wrong: dict[int | None, str] = {}
    for pack, stored in zip(packs, services.packs.stored(upload.upload_id, packs), strict=True):
        if pack.number not in named:
            wrong[pack.number] = f"comes in pack {pack.number}, which is not named in packs."
        elif stored is None or stored.size != pack.size:
            wrong[pack.number] = f"comes in pack {pack.number}, which has not arrived; a fresh link takes it."
        elif stored.etag != named[pack.number]:
            wrong[pack.number] = f"comes in pack {pack.number}, and its ETag is not that of what arrived."
    found = {file.path: wrong[file.pack] for file, _ in files if file.pack in wrong}
    cut = [file.path for file, named in files if file.pack is not None and named.parts]
    return found | dict.fromkeys(cut, "must name no parts: it comes in a pack.")


def put(
    services: Services, upload: Upload, sent: Sequence[SentPack], files: Sequence[UploadFile]
) -> dict[str, str]:
    """Put files of packs in place, one pack after the other; the object version of each path."""
    paths = {file.path for file in files if file.pack is not None}
    made: dict[str, str] = {}
    for pack in sent:
        rest = [pair for pair in stretches(upload.files, pack.number) if pair[0].path in paths]
        if not rest:
            continue
        data = services.packs.read(upload.upload_id, pack)
        if data is None:
            raise Conflict(
                f"Pack {pack.number} was sent again meanwhile; send the request again, with the ETag of what "
                "is there now."
            )
        versions = services.transfers.put(upload, [(file.path, data[place]) for file, place in rest])
        made |= {file.path: version for (file, _), version in zip(rest, versions, strict=True)}
    return made
