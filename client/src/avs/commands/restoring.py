"""`avs revert` and `verify`: bring files back, prove that they are whole."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from avs import meant, waiting
from avs.frame import command
from avs.meant import MaybeVersion, VersionName
from avs.names import parse, parse_version
from avs.output import Answer, counted, size
from avs.problems import Exit
from avs.session import Session

if TYPE_CHECKING:
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


def add(app: typer.Typer) -> None:
    for made in (revert, verify):
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
        made, skipped, reasons = job.version, job.skipped_files or [], job.skipped_reasons or {}
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
    from assetversions_client import errors
    from assetversions_client.lifecycle import Verification

    named, client = parse(version), session.client()
    ref = meant.ref(named)
    outcome = client.lifecycle(ref).verify(meant.version(client, named))
    proof: Verification = outcome
    if outcome.operation_id is not None:
        report = waiting.ended(session, ref, outcome.operation_id).report
        try:
            proof = msgspec.convert(report, Verification)
        except msgspec.ValidationError as error:
            raise errors.Failed(
                f"The service tells of the proof what this avs does not understand ({error})."
            ) from error
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
