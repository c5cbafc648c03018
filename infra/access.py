"""What each function may do in AWS, by the nested stack that it lives in. It imports no CDK."""

from collections.abc import Iterator
from dataclasses import dataclass

from assetversions import operations
from assetversions.dialects import ROUTES

from infra.grants import GRANTS, KEPT_TO

# What it takes to change files.
WRITE_FILES = {"copy assets", "delete assets"}
READ = ("read table",)
RESTORE = ("copy assets", "delete assets")
READ_FILES = ("list assets", "list object versions", "read assets")
# Whether the bytes of a version are there; a job that has to find out keeps its command beside the manifests.
CHECK = (*READ_FILES, "read manifests", "write manifests")
SNAPSHOT = (*READ, *CHECK)

PUT = ("PutItem",)
SET = ("PutItem", "UpdateItem")
PUT_AND_DELETE = ("PutItem", "DeleteItem")
CHANGE = ("PutItem", "UpdateItem", "DeleteItem")
# A commit drops the change sets that it has taken in.
COMMIT = (*CHANGE, "BatchWriteItem")
ASSETS = ("assets", "receipts")
# One that may become a job counts it.
JOBS = (*ASSETS, "running jobs")
# In MB. Less memory comes with less of a processor; more helps only who computes in several threads.
WHOLE_PROCESSOR = 1769


@dataclass(frozen=True)
class Access:
    """What a function may do, and the memory and time it needs for that.

    `writes` are its actions on items of the table, and `kinds` (infra/items.py) all that these are about.
    HTTP API gives up after 30 seconds; a function that outlives its caller helps nobody.
    """

    grants: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    memory: int = 1024
    seconds: int = 29


# Moving a row to another stack moves its routes, and CloudFormation would make them anew before it removes
# the old ones, which API Gateway refuses: a row stays where it is.
STACKS: dict[str, dict[str, Access]] = {
    "VersionsRead": {
        "list_versions": Access((*READ, "read manifests", "list assets", "read assets")),
        "get_version": Access((*READ, "read manifests", *READ_FILES)),
        "get_history": Access(READ),
        "compare_versions": Access((*READ, *READ_FILES, "read manifests"), memory=WHOLE_PROCESSOR),
    },
    # What is in them, and links to it.
    "VersionContents": {
        "download_version": Access((*READ, *READ_FILES, "read manifests")),
        "export_asset": Access((*READ, *READ_FILES, "read manifests"), memory=WHOLE_PROCESSOR),
        "resolve_variables": Access((*READ, "read manifests")),
        "stream_file": Access((*READ, "list assets", "read assets", "read manifests")),
    },
    "VersionsWrite": {
        # A text that was stored in vain is taken back: what was there before is copied over it.
        "create_version": Access((*SNAPSHOT, *RESTORE, "start jobs"), COMMIT, JOBS, memory=WHOLE_PROCESSOR),
        "update_version": Access(
            (*READ, *READ_FILES, "write manifests", *RESTORE),
            ("PutItem", "DeleteItem", "BatchWriteItem"),
            ASSETS,
        ),
        "adjust_version": Access((*SNAPSHOT, *RESTORE, "start jobs"), COMMIT, JOBS, memory=WHOLE_PROCESSOR),
        "clone_version": Access((*READ, *CHECK, "start jobs"), SET, JOBS, memory=WHOLE_PROCESSOR),
        "delete_version": Access(READ, PUT_AND_DELETE, ASSETS),
        "revert_version": Access((*SNAPSHOT, *RESTORE, "start jobs"), COMMIT, JOBS, memory=WHOLE_PROCESSOR),
        "activate_version": Access((*SNAPSHOT, *RESTORE, "start jobs"), COMMIT, JOBS, memory=WHOLE_PROCESSOR),
    },
    "VersionStates": {
        "archive_version": Access(READ, PUT, ASSETS),
        "unarchive_version": Access((*READ, *CHECK, "start jobs"), SET, JOBS, memory=WHOLE_PROCESSOR),
        "publish_version": Access((*READ, *CHECK, "start jobs"), SET, JOBS, memory=WHOLE_PROCESSOR),
    },
    # What jobs make of versions, and the jobs that people ask for.
    "VersionJobs": {
        # It ends a job that nobody heard the end of, and signs the link to what another one has packed.
        "get_job": Access((*READ, "look at jobs", "read zips"), SET, ("assets",)),
        "list_jobs": Access((*READ, "look at jobs"), SET, ("assets",)),
        "cancel_job": Access((*READ, "stop jobs"), SET, ("assets",)),
        "verify_version": Access((*READ, *CHECK, "start jobs"), SET, JOBS, memory=WHOLE_PROCESSOR),
        "zip_version": Access((*READ, "write manifests", "start jobs"), SET, JOBS),
    },
    "Catalog": {
        "catalog": Access(
            (*READ, "read manifests", "write manifests", "start jobs", "look at jobs"),
            COMMIT,
            (*JOBS, "asset ids", "databases", "list of databases", "properties", "subscriptions"),
            memory=WHOLE_PROCESSOR,
        ),
        "metadata": Access(
            # Something is said of files alone that are there.
            (*READ, "list assets", "read assets", "read manifests", "write manifests"),
            (*PUT, "BatchWriteItem"),
            (*ASSETS, "databases", "properties"),
        ),
    },
    # Assets as APIs show them to which each is one content.
    "Contents": {
        "contents": Access((*READ, "list assets", "read assets"), PUT, ASSETS),
        "upload_version": Access(
            (*SNAPSHOT, *RESTORE, "send turns", "start jobs"),
            COMMIT,
            JOBS,
            memory=WHOLE_PROCESSOR,
        ),
    },
    # What stands beside assets.
    "Beside": {
        "tags": Access(READ, PUT, ("tags", "receipts")),
        "comments": Access(READ, PUT_AND_DELETE, ASSETS),
        "links": Access(READ, PUT_AND_DELETE, (*ASSETS, "links")),
    },
    "Files": {
        "files": Access((*SNAPSHOT, *RESTORE, "start jobs"), COMMIT, JOBS, memory=WHOLE_PROCESSOR),
    },
    "Uploads": {
        # An upload that broke off is taken back: what was there before is copied over it.
        "uploads": Access(
            (*SNAPSHOT, "end uploads", *RESTORE, "send turns"), COMMIT, ASSETS, memory=WHOLE_PROCESSOR
        ),
    },
    "Access": {
        "access": Access(
            READ,
            PUT_AND_DELETE,
            ("rules and roles", "policy revisions", "memberships", "API tokens", "policy events", "receipts"),
        ),
        "seed_policy": Access(READ, PUT, ("rules and roles", "policy revisions")),
    },
    "Subscriptions": {
        "subscriptions": Access(READ, COMMIT, ("subscriptions", "mail", "receipts")),
    },
    # No sign-in leads here: a letter's ticket does.
    "Unsubscribing": {
        "unsubscribing": Access(
            (*READ, "read tickets"), ("UpdateItem", "BatchWriteItem"), ("subscriptions", "mail")
        ),
    },
    "Webhooks": {
        "webhooks": Access(
            (*READ, "seal secrets", "wake lanes"), CHANGE, ("webhooks", "deliveries", "receipts")
        ),
    },
    "Service": {
        "service": Access(),
        "documents": Access(),
        "session": Access(READ),
        "fallback": Access(seconds=3),
    },
    "Jobs": {
        "job_prepare": Access((*SNAPSHOT, *RESTORE), COMMIT, ("assets",), memory=3008, seconds=900),
        "job_copy": Access(
            (*SNAPSHOT, *RESTORE, "send turns"),
            COMMIT,
            ("assets", "asset ids", "databases"),
            memory=WHOLE_PROCESSOR,
            seconds=900,
        ),
        "job_finish": Access((*SNAPSHOT, "send turns"), COMMIT, ("assets",), memory=3008, seconds=900),
        "job_fail": Access((*READ, "keep lost ends"), SET, ("assets",)),
    },
    # What nobody asks for.
    "Events": {
        # It hides files of a type that the database does not take.
        "on_files_changed": Access(
            (
                *READ,
                "take file events",
                "send turns",
                "list assets",
                "read assets",
                "delete assets",
                "read manifests",
            ),
            (*SET, "BatchWriteItem"),
            ("assets", "asset ids", "databases"),
        ),
    },
    "Schedule": {
        "reconcile_assets": Access(
            (*READ, "write manifests", "start jobs"), SET, ("assets", "running jobs", "reconciliation")
        ),
    },
    "Automatic": {
        "make_automatic_version": Access(
            (*SNAPSHOT, "take turns", "send turns"), COMMIT, ("assets",), memory=3008, seconds=900
        ),
    },
    "Deliveries": {
        "deliver_webhooks": Access(
            (*READ, "look at lanes", "wake lanes", "open secrets", "ask about people"),
            CHANGE,
            # One that it disables is told of in the same transaction, as policy is.
            ("webhooks", "deliveries", "policy events"),
        ),
    },
    "Mail": {
        "send_mail": Access(
            (*READ, "take mail", "queue mail", "send mail", "write tickets", "ask about people"),
            SET,
            ("mail",),
        ),
    },
    # What goes out by itself.
    "Outbox": {
        "publish_events": Access(
            (*READ, "read the stream", "put events", "park events", "wake lanes", "queue mail"),
            PUT,
            ("deliveries", "mail"),
        ),
    },
    # Pages, and no function (infra/console.py).
    "Console": {},
}
# The parent's own: the API asks the one before it asks any other, and all others ask the other one.
PARENT = {
    "authorizer": Access(("read table", "touch tokens", "ask about people"), seconds=10),
    "look_at_person": Access(("read table", "read users", "keep looks"), seconds=15),
}
ACCESS = PARENT | {name: access for rows in STACKS.values() for name, access in rows.items()}


@dataclass(frozen=True)
class Right:
    """A statement of a role: these actions on a resource, and with items of these kinds alone."""

    resource: str
    actions: tuple[str, ...]
    kinds: tuple[str, ...] = ()


def grants(name: str) -> tuple[str, ...]:
    """Those of a function's row, and what it takes to serve its routes."""
    routes = [route for route in ROUTES if operations.function(route.operation) == name and not route.open]
    if not routes:
        return ACCESS[name].grants
    writes = any(operations.find(route.operation).writes for route in routes)
    serving = ("ask about people", *(("record refusals",) if writes else ()))
    return (*ACCESS[name].grants, *serving)


def rights(name: str) -> Iterator[Right]:
    """All that a function's role allows it.

    One statement has all kinds that it writes: AWS doesn't say whether it looks at each item of a transaction
    by itself, or at all together.
    """
    access = ACCESS[name]
    if access.writes:
        yield Right("table", tuple(f"dynamodb:{action}" for action in access.writes), access.kinds)
    for grant in grants(name):
        for resource, actions in GRANTS[grant]:
            yield Right(resource, tuple(actions), (KEPT_TO[grant],) if grant in KEPT_TO else ())
