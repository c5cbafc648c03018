"""An asset before its first version: a client of VAMS takes that for a version, too, with the number 0."""

from assetversions.domain.model import Asset, Origin, OriginKind, State, Version

NUMBER = 0


def beginning(asset: Asset) -> Version:
    """It is stored nowhere, has no files and no id, and no version is ever made with its number."""
    return Version(
        asset.ref,
        asset.uid,
        NUMBER,
        State.DRAFT,
        asset.description,
        "",
        None,
        asset.created_at,
        asset.created_by,
        asset.created_at,
        asset.created_by,
        Origin(OriginKind.CREATED),
        files=0,
        bytes=0,
        manifest="",
    )
