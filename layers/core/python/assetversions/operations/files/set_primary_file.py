"""Say what a file is to its asset: the primary one, a level of detail, or what its users call it."""

from assetversions.domain.commands.files import SetPrimaryFile
from assetversions.domain.commits import Change
from assetversions.domain.errors import NotFound
from assetversions.domain.file_metadata import PRIMARY
from assetversions.domain.lifecycle import check_live
from assetversions.domain.model import Asset
from assetversions.domain.outbox import FILE_UPDATED
from assetversions.domain.ports.services import Services
from assetversions.domain.results.files import PrimaryFile
from assetversions.engine.commit import check_expected, commit_with_retry, head_change, new_event
from assetversions.engine.operation import operation


@operation(action="update")
def set_primary_file(command: SetPrimaryFile, asset: Asset, services: Services) -> PrimaryFile:
    """NotFound where no file is. The last one called primary stands for the versions to come."""
    check_live(asset)
    check_expected(asset, command.expected_rev)
    if services.files.find(asset.ref, command.path) is None:
        raise NotFound("file", command.path)
    manifests, path = services.manifests, command.path

    def build(head: Asset) -> tuple[Change, PrimaryFile]:
        row = manifests.file_metadata_at(head.uid, head.file_metadata, path)
        digest = manifests.write_file_metadata(
            head.uid, head.file_metadata, [row._replace(primary=command.kind)]
        )
        others = None if head.primary == path else head.primary
        stands = path if command.kind == PRIMARY else others
        note = new_event(services, FILE_UPDATED, head.current or 0, path=path, fields="primaryType")
        return head_change(head, note, file_metadata=digest, primary=stands), PrimaryFile(path, command.kind)

    expected = command.expected_rev
    return commit_with_retry(services, asset, build, expected, lambda _head, made: made)[1]
