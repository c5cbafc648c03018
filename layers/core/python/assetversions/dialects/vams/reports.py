"""What VAMS has no words for: plans, jobs, comparisons and verifications, in the shape of its bodies."""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote

from assetversions.dialects.common.addresses import job_path
from assetversions.dialects.common.http import Reply, etag
from assetversions.dialects.vams.ids import spell
from assetversions.dialects.vams.metadata import ROOT, spell_path
from assetversions.dialects.vams.pages import Body, next_token
from assetversions.dialects.vams.times import text
from assetversions.domain.file_metadata import FileKind
from assetversions.domain.ids import version_id
from assetversions.domain.jobs import Job
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.manifests.renames import Renamed
from assetversions.domain.metadata import Metadata, differences
from assetversions.domain.model import Asset
from assetversions.domain.portable import NameWarnings
from assetversions.domain.results.versions import (
    Comparison,
    Deferred,
    Planned,
    Side,
    Totals,
    Uncertain,
    Verification,
)

MAX_LISTED_PATHS = 1_000


def planned(plan: Planned) -> Reply:
    """A dry run: what would happen, the first paths of each kind by name."""
    groups = {
        "copy": [entry.path for entry in plan.copy],
        "delete": plan.delete,
        "missing": [source.path for source in plan.missing],
    }
    listed = plan.missing[:MAX_LISTED_PATHS]
    body = {
        "message": "Nothing was changed: this is what a revert would do",
        "success": True,
        "assetId": plan.asset.ref.public_id,
        "assetVersionId": str(plan.version.number),
        "operation": "revert",
        "dryRun": True,
        "plan": {
            name: {"count": len(paths), "files": paths[:MAX_LISTED_PATHS]} for name, paths in groups.items()
        },
        "missingReasons": {source.path: source.trouble for source in listed},
        "bytesToCopy": sum(entry.size for entry in plan.copy),
    }
    return Reply(200, body, etag(plan.asset.rev))


def verified(found: Verification | Deferred) -> Reply:
    if isinstance(found, Deferred):
        return accepted(found)
    return _numbered(found.asset, found.version.number, _findings(**found.findings))


def _report(report: Body) -> Body | None:
    """Of a verification, or of a reconciliation."""
    if "compared" in report:
        names = {"comparedFiles": "compared", "missedFiles": "missed", "missedCount": "missed_count"}
        return {name: report[kept] for name, kept in names.items()}
    return _findings(**report) if "checked" in report else None


def _findings(checked: int, wrong: int, missing: list[str], altered: list[str], damaged: list[str]) -> Body:
    return {
        "intact": not wrong and not damaged,
        "checkedFiles": checked,
        "wrongFiles": wrong,
        "missing": missing,
        "altered": altered,
        "damagedManifestParts": damaged,
    }


def warnings(found: NameWarnings) -> Body:
    """Names of files that not every disk can hold; null where there are none."""
    files = [{"relativeKey": path, "problem": why} for path, why in found.named]
    return {"warnings": {"count": found.count, "files": files} if found else None}


def job(found: tuple[Asset, Job]) -> Reply:
    asset, at_work = found
    return _numbered(asset, at_work.version, job_facts(at_work))


def _numbered(asset: Asset, number: int | None, facts: Body) -> Reply:
    """The version's id in `message`, its number beside that."""
    message = facts | {"assetVersionId": number and spell(version_id(asset.uid, number))}
    flat = facts | {"assetVersionId": number and str(number)}
    return Reply(200, {"message": message} | flat, etag(asset.rev))


def adoption(at_work: Job) -> Reply:
    """Of a database's folders: there is no version to name."""
    facts = job_facts(at_work)
    return Reply(200, {"message": facts} | facts)


def adopting(at_work: Job) -> Reply:
    path = f"/database/{quote(at_work.ref.database_id)}/adopt/{at_work.job_id}"
    facts = {"operation": str(at_work.kind), "operationId": at_work.job_id}
    body = {"message": "Accepted; ask the operation for its progress", "success": True} | facts
    return Reply(202, body | {"timestamp": text(at_work.created_at)}, {"Location": path})


def job_facts(at_work: Job) -> Body:
    report = at_work.report
    return {
        "operationId": at_work.job_id,
        "operation": str(at_work.kind),
        "state": str(at_work.state),
        "done": at_work.done,
        "total": at_work.total,
        "error": at_work.error,
        "assetVersionId": None,
        "report": _report(report),
        **warnings(NameWarnings(report.get("names_count", 0), tuple(map(tuple, report.get("names", []))))),
        "skippedFiles": report.get("skipped"),
        "skippedCount": report.get("skipped_count", 0),
        "uncertainFiles": report.get("uncertain"),
        "uncertainCount": report.get("uncertain_count", 0),
        "createdBy": at_work.requested_by,
        "dateCreated": text(at_work.created_at),
        "dateModified": text(at_work.modified_at),
        **({"skippedReasons": report["reasons"]} if "reasons" in report else {}),
        **({"zip": _zip(report)} if "until" in report else {}),
    }


def _zip(report: Body) -> Body:
    """Without a link where there is nothing any more, or nothing to be given out."""
    link = {"downloadUrl": report.get("link"), "expiresIn": report.get("seconds")}
    return link | {"size": report["size"], "dateExpires": text(datetime.fromisoformat(report["until"]))}


def comparison(found: Comparison) -> Reply:
    facts = {
        "versionA": _side(found.left),
        "versionB": _side(found.right),
        "fields": {name: {"a": a, "b": b} for name, (a, b) in found.fields.items()},
        "files": [_difference(*row) for row in found.files],
        "totals": found.totals and _totals(found.totals),
        "renames": found.renames and _renames(found.renames),
        "metadata": [*_of_asset(found), *_of_files(found)],
    }
    return Reply(
        200,
        {"message": facts} | facts | next_token(found.cursor),
        etag(found.asset.rev),
    )


def _of_asset(found: Comparison) -> Iterator[Body]:
    if found.metadata is not None:
        yield from _said_otherwise(*found.metadata, ROOT, FileKind.METADATA)


def _of_files(found: Comparison) -> Iterator[Body]:
    for old, new in found.files_metadata:
        for kind in FileKind:
            yield from _said_otherwise(old.of(kind), new.of(kind), spell_path(old.path), kind)


def _said_otherwise(old: Metadata, new: Metadata, path: str, kind: FileKind) -> Iterator[Body]:
    """Key by key, the values on either side; null where the key is not there."""
    for key, a, b in differences(old, new):
        sides = {
            name: one and {"metadataValue": one.value, "metadataValueType": str(one.value_type)}
            for name, one in (("a", a), ("b", b))
        }
        yield {"type": str(kind), "filePath": path, "metadataKey": key, "status": _status(a, b)} | sides


def _renames(found: Renamed) -> Body:
    files = [{"from": old, "to": new} for old, new in found.named]
    return {"count": found.count, "files": files}


def _totals(totals: Totals) -> Body:
    return {
        "added": totals.added,
        "removed": totals.removed,
        "changed": totals.changed,
        "addedBytes": totals.added_bytes,
        "removedBytes": totals.removed_bytes,
        "unchecked": totals.unchecked,
    }


def _side(side: Side) -> Body:
    return {
        "assetVersionId": side.version and spell(side.version.version_id),
        "Version": str(side.version.number) if side.version else "working",
        "fileCount": side.files,
        "totalSize": side.bytes,
    }


def _difference(old: Entry | None, new: Entry | None) -> Body:
    """`a` and `b` are the file's facts on either side, null where it is not there."""
    sides = {
        name: entry and {"versionId": entry.version_id, "size": entry.size, "etag": entry.etag}
        for name, entry in (("a", old), ("b", new))
    }
    return {"relativeKey": (old or new).path, "status": _status(old, new)} | sides  # type: ignore[union-attr]


def _status(old: object, new: object) -> str:
    return "added" if old is None else "removed" if new is None else "changed"


def uncertain_files(found: Uncertain) -> Body:
    """Files of which only S3's date is known, where there are some: all counted, the first by name."""
    if not found.count:
        return {}
    return {"uncertainFiles": list(found.paths), "uncertainCount": found.count}


def accepted(deferred: Deferred) -> Reply:
    ref, job_id = deferred.asset.ref, deferred.job.job_id
    body = {
        "message": "Accepted; ask the operation for its progress",
        "success": True,
        "assetId": ref.public_id,
        "operation": str(deferred.job.kind),
        "operationId": job_id,
        "timestamp": text(deferred.job.created_at),
    }
    return Reply(202, body, {"Location": job_path(deferred), "Preference-Applied": "respond-async"})
