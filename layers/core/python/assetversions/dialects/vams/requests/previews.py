"""Requests that take away the preview of an asset, or what pipelines made of its files, into commands."""

from assetversions.dialects.common.http import Request, expected_rev, parse
from assetversions.dialects.vams.requests.common import asset_of, inside
from assetversions.dialects.vams.requests.files import FileBody
from assetversions.domain import names
from assetversions.domain.commands.files import DeleteAuxiliary, DeletePreview
from assetversions.domain.shelves import Shelf


def delete_asset_preview(request: Request) -> DeletePreview:
    return DeletePreview(asset_of(request), expected_rev(request))


def delete_auxiliary_previews(request: Request) -> DeleteAuxiliary:
    asset, text = asset_of(request), parse(FileBody, request.json()).filePath
    path = names.path_in(Shelf.AUXILIARY.of(asset), inside(asset, text), "filePath")
    return DeleteAuxiliary(asset, path, expected_rev(request))
