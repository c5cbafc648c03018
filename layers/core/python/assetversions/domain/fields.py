"""The facts that a change may set on a head, a version or a job; a fact that is not named stays as it is."""

from datetime import datetime
from typing import Any, TypedDict

from assetversions.domain.automatic import AutoVersion
from assetversions.domain.jobs import JobState
from assetversions.domain.lease import Lease
from assetversions.domain.model import Content, Preview, State
from assetversions.domain.revision_labels import Revisions


class HeadFields(TypedDict, total=False):
    """Of an `Asset`; its revision and its time are set by the commit itself."""

    name: str
    description: str
    asset_type: str
    tags: tuple[str, ...]
    is_distributable: bool
    latest: int
    current: int | None
    published: int | None
    base: str | None
    lease: Lease | None
    metadata: str | None
    file_metadata: str | None
    archived_at: datetime | None
    archived_by: str
    archived_for: str
    given_to: str | None
    primary: str | None
    deleted: int
    revisions: Revisions
    auto_version: AutoVersion
    preview: Preview | None


class VersionFields(TypedDict, total=False):
    """Of a `Version`; who changed it, and when, is set with them."""

    state: State
    archived_from: State | None
    alias: str | None
    other_aliases: tuple[str, ...]
    comment: str
    protected: bool
    content: Content | None
    variables: str | None
    manifest: str
    files: int
    bytes: int


class JobFields(TypedDict, total=False):
    """Of a `Job`; its time is set with them."""

    state: JobState
    done: int
    total: int | None
    version: int | None
    error: str | None
    report: dict[str, Any]
