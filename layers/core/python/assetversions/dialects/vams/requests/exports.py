"""What VAMS's clients ask for to take away, into commands."""

from typing import Annotated

from pydantic import Field

from assetversions.dialects.common.http import Request, parse
from assetversions.dialects.vams.requests.common import MAX_PAGE, OneVersion, asset_of, version_of
from assetversions.domain import names
from assetversions.domain.commands.common import Page
from assetversions.domain.commands.exports import ExportAsset, ZipVersion
from assetversions.domain.errors import Invalid

Extension = Annotated[str, Field(max_length=256)]


class ExportBody(OneVersion):
    """`includeVersions` is ours, and so are the names of a version."""

    generatePresignedUrls: bool = False
    includeFolderFiles: bool = False
    includeOnlyPrimaryTypeFiles: bool = False
    includeFileMetadata: bool = True
    includeAssetLinkMetadata: bool = True
    includeAssetMetadata: bool = True
    fetchAssetRelationships: bool = True
    fetchEntireChildrenSubtrees: bool = False
    includeParentRelationships: bool = False
    includeArchivedFiles: bool = False
    includeVersions: bool = False
    fileExtensions: list[Extension] | None = Field(None, max_length=100)
    maxAssets: int = Field(100, ge=1)
    startingToken: str | None = None


def export_asset(request: Request) -> ExportAsset:
    body, asset = parse(ExportBody, request.json()), asset_of(request)
    if body.versionId:
        raise Invalid("versionId", "names one file; name a version of the asset by assetVersionId.")
    return ExportAsset(
        asset=asset,
        page=Page(min(body.maxAssets, MAX_PAGE), body.startingToken or None, "startingToken"),
        version=body.version(),
        related=body.fetchAssetRelationships,
        subtrees=body.fetchEntireChildrenSubtrees,
        parents=body.includeParentRelationships,
        links=body.generatePresignedUrls,
        folders=body.includeFolderFiles,
        archived=body.includeArchivedFiles,
        primary_only=body.includeOnlyPrimaryTypeFiles,
        extensions=names.extensions(",".join(body.fileExtensions or ()), "fileExtensions"),
        asset_metadata=body.includeAssetMetadata,
        file_metadata=body.includeFileMetadata,
        link_metadata=body.includeAssetLinkMetadata,
        versions=body.includeVersions,
    )


def zip_version(request: Request) -> ZipVersion:
    return ZipVersion(asset_of(request), version_of(request))
