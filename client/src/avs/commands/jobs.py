"""`avs jobs`: the long operations of an asset, and how far one of them is."""

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from avs import meant, waiting
from avs.frame import command
from avs.names import parse_asset
from avs.output import Answer, Table, when
from avs.problems import Exit, Problem, usage
from avs.session import Session

if TYPE_CHECKING:
    from assetversions_client import AssetRef
    from assetversions_client.jobs import Job, Listed

Asset = Annotated[
    str | None,
    typer.Argument(metavar="DB/ASSET", help="Else that of the folder that you are in.", show_default=False),
]
One = Annotated[
    str | None,
    typer.Argument(metavar="JOB", help="The id of one; else all are listed.", show_default=False),
]
Wait = Annotated[bool, typer.Option("--wait", help="Wait for the end of this one.")]
Cancel = Annotated[bool, typer.Option("--cancel", help="End this one before its work is done.")]
Number = Annotated[int, typer.Option("-n", metavar="COUNT", min=1, help="The newest so many.")]


def add(app: typer.Typer) -> None:
    command(app, "jobs")(jobs)


def jobs(
    session: Session,
    asset: Asset = None,
    job: One = None,
    wait: Wait = False,
    cancel: Cancel = False,
    count: Number = 20,
) -> Answer:
    """List the long operations of an asset, or show one of them.

    In a folder that was pulled or pushed the asset need not be said.
    """
    if wait and cancel:
        raise usage("Say one of --wait and --cancel.")
    if asset is not None and job is None and "/" not in asset:  # of where one is
        asset, job = None, asset
    ref = _here() if asset is None else meant.ref(parse_asset(asset))
    if job is None:
        if wait or cancel:
            raise usage("Which one?", f"See: avs jobs {ref}")
        return _list(ref, list(islice(session.client().jobs.all(ref, min(count, 100)), count)))
    if cancel:
        found = session.client().jobs.cancel(ref, job)
    else:
        found = waiting.ended(session, ref, job) if wait else session.client().jobs.get(ref, job)
    return _one(found)


def _here() -> "AssetRef":
    """The asset of the folder that one is in."""
    from assetversions_client import AssetRef, errors
    from assetversions_client.folders import about, find

    try:
        facts = about(find(Path()))
    except errors.LocalFault as error:
        raise usage("Which asset?", "Write avs jobs DB/ASSET, or go to a folder that was pulled.") from error
    if facts is None:
        raise Problem(Exit.THIS_MACHINE, "What this folder is of has just gone.", "Write avs jobs DB/ASSET.")
    return AssetRef(facts.database_id, facts.asset_id)


def _list(ref: "AssetRef", found: "list[Listed]") -> Answer:
    rows = [
        [
            one.operation_id,
            one.operation,
            _state(one),
            one.version or "–",
            when(one.date_created),
            one.created_by,
        ]
        for one in found
    ]
    table = Table(["JOB", "OPERATION", "STATE", "VERSION", "WHEN", "WHO"], rows) if rows else None
    none = [] if rows else [f"Nothing of {ref} has taken long enough to become a job."]
    return Answer([_facts(one) for one in found], table, after=none)


def _state(one: "Listed") -> str:
    return f"{one.state}, {one.done or 0} of {one.total}" if one.total and not one.ended else one.state


def _one(found: "Job") -> Answer:
    lines = [waiting.far(found), f"Begun {when(found.date_created)} by {found.created_by}"]
    lines += [f"Version {found.version} came of it."] if found.version else []
    lines += [found.error] if found.error else []
    return Answer(_facts(found), before=lines)


def _facts(found: "Job | Listed") -> dict[str, Any]:
    return {
        "job": found.operation_id,
        "operation": found.operation,
        "state": found.state,
        "done": found.done,
        "total": found.total,
        "version": int(found.version) if found.version else None,
        "error": found.error,
        "by": found.created_by,
        "at": found.date_created,
    }
