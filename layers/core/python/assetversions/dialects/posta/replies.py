"""Results into Posta bodies."""

from typing import Any

from assetversions.dialects.common.http import Reply, etag
from assetversions.dialects.common.times import milliseconds
from assetversions.dialects.posta.ids import spell_asset, spell_version
from assetversions.domain.ids import version_id
from assetversions.domain.jobs import Job
from assetversions.domain.lifecycle import was_published
from assetversions.domain.model import Asset, Content, Version
from assetversions.domain.results.versions import (
    Deferred,
    Done,
    ResolvedVariables,
    VersionDetails,
    VersionExtras,
    VersionPage,
)
from assetversions.domain.variables import Variable

Body = dict[str, Any]


def versions(page: VersionPage) -> Reply:
    items = [_version(*pair) for pair in zip(page.versions, page.extras, strict=True)]
    more = {} if page.cursor is None else {"nextToken": page.cursor}
    return Reply(200, {"items": items} | more, etag(page.asset.rev))


def version(found: VersionDetails) -> Reply:
    return Reply(200, _version(found.version, found.extras), etag(found.asset.rev))


def created(done: Done | Deferred) -> Reply:
    """A version of so many files that a job makes it has no address yet, but the job has."""
    if isinstance(done, Deferred):
        return _deferred(done)
    asset, made = spell_asset(done.asset.uid), spell_version(done.version_id)
    location = {"Location": f"/assets/{asset}/versions/{made}"}
    return Reply(201, _version(done.version, done.extras), location | etag(done.asset.rev))


def cloned(done: Done | Deferred) -> Reply:
    if isinstance(done, Deferred):
        return _deferred(done)
    return Reply(200, _version(done.version, done.extras), etag(done.asset.rev))


def accepted(done: Done | Deferred) -> Reply:
    """What an operation on a version answers: done, and nothing to say, unless a job does it."""
    if isinstance(done, Deferred):
        return _deferred(done)
    return Reply(202, None, etag(done.asset.rev))


def _deferred(done: Deferred) -> Reply:
    """Where the job tells how far it is, to the same credential."""
    location = f"/assets/{spell_asset(done.asset.uid)}/jobs/{done.job.job_id}"
    return Reply(202, None, {"Location": location})


def job(found: tuple[Asset, Job]) -> Reply:
    """How far a job is, and which version came of it."""
    asset, at_work = found
    body = {
        "id": at_work.job_id,
        "status": str(at_work.state),
        "versionId": at_work.version and spell_version(version_id(asset.uid, at_work.version)),
        "detail": at_work.error,
        "createdAt": milliseconds(at_work.created_at),
        "modifiedAt": milliseconds(at_work.modified_at),
    }
    return Reply(200, _known(body), etag(asset.rev))


def resolved(found: ResolvedVariables) -> Reply:
    values = [{"name": one.name, "value": one.value.text} for one in found.variables]
    return Reply(200, {"variables": values}, etag(found.asset.rev))


def _version(found: Version, extras: VersionExtras) -> Body:
    length = found.content.length if found.content else found.bytes
    body = {
        "id": spell_version(found.version_id),
        "status": str(found.state),
        "notes": found.comment,
        "content": _content(found.content, extras.text),
        "variableDefinitions": [_variable(variable) for variable in extras.variables],
        "contentType": found.content and found.content.media_type,
        "contentLength": length,
        "contentUrl": extras.content_url if was_published(found) else None,
        "createdAt": milliseconds(found.created_at),
        "modifiedAt": milliseconds(found.modified_at),
    }
    return _known(body)


def _content(content: Content | None, text: str | None) -> Body | None:
    """Where the content comes from; the text of an open draft, of others `contentUrl` leads there."""
    if content is None:
        return None
    if content.url is not None:
        return _known({"source": "externalUrl", "type": content.media_type, "content": content.url})
    return _known({"source": "inline", "type": content.media_type, "content": text})


def _variable(variable: Variable) -> Body:
    body = {
        "name": variable.name,
        "type": str(variable.kind),
        "behavior": str(variable.behavior),
        "allowEmpty": variable.allow_empty,
        "presetValue": variable.preset and variable.preset.text,
        "sampleValue": variable.sample,
    }
    return _known(body)


def _known(body: Body) -> Body:
    """A body without the fields that have no value."""
    return {name: value for name, value in body.items() if value is not None}
