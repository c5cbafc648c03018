"""`avs revert`, `verify` and `jobs`: bring files back, prove that they are whole, see how far it is."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from avs import meant, waiting
from avs.frame import command
from avs.meant import AssetName, MaybeVersion, VersionName
from avs.names import parse, parse_asset, parse_version
from avs.output import Answer, counted, size, when
from avs.problems import Exit, usage
from avs.session import Session

if TYPE_CHECKING:
    from assetversions_client.jobs import Job
    from assetversions_client.lifecycle import Paths, Planned

SHOWN = 20

OnlyPaths = Annotated[
    list[str] | None,
    typer.Option("--path", metavar="PATH", help="Only this file, or this folder/; may be said again."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Tell what would happen, and change nothing.")]
SkipMissing = Annotated[bool, typer.Option("--skip-missing", help="Leave out files whose bytes are gone.")]
Metadata = Annotated[bool, typer.Option("--metadata", help="What is said of the asset and its files, too.")]
Comment = Annotated[
    str, typer.Option("-m", "--message", metavar="TEXT", help="The comment of the new version.")
]
Operation = Annotated[str, typer.Argument(metavar="JOB", help="The id that the job was begun with.")]
Wait = Annotated[bool, typer.Option("--wait", help="Wait for its end.")]
Cancel = Annotated[bool, typer.Option("--cancel", help="End it before its work is done.")]


def add(app: typer.Typer) -> None:
    for made in (revert, verify, jobs):
        command(app, made.__name__)(made)


def revert(
    session: Session,
    version: VersionName,
    path: OnlyPaths = None,
    dry_run: DryRun = False,
    skip_missing: SkipMissing = False,
    metadata: Metadata = False,
    message: Comment = "",
) -> Answer:
    """Bring the files back as a version has them, as a new version. Nothing of before is lost."""
    from assetversions_client.lifecycle import Wanted

    named, client = parse_version(version), session.client()
    ref, number = meant.ref(named), meant.version(client, named)
    wanted = Wanted(tuple(path or ()), skip_missing, metadata, message)
    versions = client.lifecycle(ref)
    if dry_run:
        return _planned(versions.plan_revert(number, wanted))
    outcome = versions.revert(number, wanted)
    skipped, reasons = outcome.skipped_files or [], outcome.skipped_reasons or {}
    if outcome.operation_id is None:
        made = outcome.asset_version_id
    else:
        job = waiting.ended(session, ref, outcome.operation_id)
        made, skipped, reasons = job.asset_version_id, job.skipped_files or [], job.skipped_reasons or {}
    what = ", ".join(path or ("the files",))
    lines = [f"Version {made} of {ref} has {what} of version {number}."]
    lines += [f"Left out: {one}: {reasons.get(one, 'its bytes are gone')}" for one in skipped]
    return Answer({"version": int(made or 0), "skipped": skipped}, before=lines)


def _planned(found: "Planned") -> Answer:
    plan = found.plan
    data = {
        "copy": _counted(plan.copy),
        "delete": _counted(plan.delete),
        "missing": _counted(plan.missing) | {"reasons": found.missing_reasons},
        "bytesToCopy": found.bytes_to_copy,
    }
    lines = [*_told("restore", plan.copy), *_told("hide", plan.delete), *_told("can't restore", plan.missing)]
    lines.append(
        f"{counted(plan.copy.count, 'file')} would be restored ({size(found.bytes_to_copy)}), "
        f"{plan.delete.count} hidden. Nothing was changed."
    )
    return Answer(data, before=lines)


def _counted(paths: "Paths") -> dict[str, Any]:
    return {"count": paths.count, "files": paths.files}


def _told(word: str, paths: "Paths") -> list[str]:
    lines = [f"{word}  {one}" for one in paths.files[:SHOWN]]
    more = paths.count - len(lines)
    return [*lines, f"{word}  … and {more} more"] if more else lines


def verify(session: Session, version: MaybeVersion) -> Answer:
    """Is every file of a version still there as it was?"""
    import msgspec
    from assetversions_client.lifecycle import Verification

    named, client = parse(version), session.client()
    ref = meant.ref(named)
    outcome = client.lifecycle(ref).verify(meant.version(client, named))
    proof: Verification = outcome
    if outcome.operation_id is not None:
        report = waiting.ended(session, ref, outcome.operation_id).report
        proof = msgspec.convert(report, Verification)
    data = {
        "intact": proof.intact,
        "checked": proof.checked_files,
        "wrong": proof.wrong_files,
        "missing": proof.missing,
        "altered": proof.altered,
    }
    if proof.intact:
        return Answer(data, before=[f"All {counted(proof.checked_files, 'file')} are there as they were."])
    lines = [*(f"missing  {one}" for one in proof.missing), *(f"altered  {one}" for one in proof.altered)]
    lines += [f"damaged  {one}" for one in proof.damaged_manifest_parts]
    lines.append(f"{counted(proof.wrong_files, 'file')} of {proof.checked_files} wrong.")
    return Answer(data, before=lines, exit=Exit.DAMAGED)


def jobs(
    session: Session, asset: AssetName, job: Operation, wait: Wait = False, cancel: Cancel = False
) -> Answer:
    """How far a long operation is."""

    if wait and cancel:
        raise usage("Say one of --wait and --cancel.")
    ref = meant.ref(parse_asset(asset))
    if cancel:
        found = session.client().jobs.cancel(ref, job)
    else:
        found = waiting.ended(session, ref, job) if wait else session.client().jobs.get(ref, job)
    return _job(found)


def _job(found: "Job") -> Answer:
    data = {
        "job": found.operation_id,
        "operation": found.operation,
        "state": found.state,
        "done": found.done,
        "total": found.total,
        "version": int(found.asset_version_id) if found.asset_version_id else None,
        "error": found.error,
        "by": found.created_by,
        "at": found.date_created,
    }
    lines = [waiting.far(found), f"Begun {when(found.date_created)} by {found.created_by}"]
    lines += [f"Version {found.asset_version_id} came of it."] if found.asset_version_id else []
    lines += [found.error] if found.error else []
    return Answer(data, before=lines)
