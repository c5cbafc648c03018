"""What nobody asks for: jobs that meet others, files that arrive, events that go out, a deployment."""

import os
from contextlib import suppress
from datetime import timedelta
from itertools import product
from typing import Any
from unittest.mock import patch

from assetversions.domain.errors import Error
from assetversions.engine import lease
from assetversions.runtime import (
    arrivals,
    automatic,
    delivering,
    mailing,
    outward,
    publishing,
    reconciling,
    seeding,
    wiring,
)
from assetversions.runtime.worker import prepare, worker
from assetversions.storage.receivers import Answer
from botocore.exceptions import ClientError

from tests.integration.events.post import ENVIRONMENT
from tests.integration.rights.stand_ins import Receiver, unreadable
from tests.integration.rights.work import LATER, Work
from tests.integration.storage import keyed
from tests.simulation.aws import ASSETS
from tests.support.events import deleted, messages, put
from tests.support.lambda_client import Context
from tests.support.routes import ASSET
from tests.support.stream import Stream

# So many do not fit one batch of writes.
MANY = 300
REVERT, ADOPT = keyed.REQUESTS["revert_version"], keyed.REQUESTS["adopt_assets"]


def jobs_without_end(work: Work) -> None:
    """One that is cancelled, and those whose end nobody heard of; files that wait for one are its own."""
    running = f"{ASSET}/operations"
    every = (
        (REVERT, running, True, False),
        (REVERT, running, False, False),
        (REVERT, running, False, True),
        (ADOPT, "/database/db1/adopt", False, False),
    )
    for once, place, cancelled, listed in every:
        with work.forgotten() as names, patch.object(lease, "LENGTH", timedelta(hours=2)):
            path = f"{place}/{work.send(once, names, LATER).body['operationId']}"
            (address,) = work.machine.started
            with work.seen.by("job_prepare"):
                worker(prepare)(address, Context())
            if cancelled:
                work.ok("DELETE", path)
            work.late = timedelta(hours=1)
            with patch.object(work.machine, "status", "TIMED_OUT"):
                work.ok("GET", place if listed else path)


def jobs_that_are_refused(work: Work) -> None:
    """What they are to bring back is gone for good."""
    with work.forgotten() as names:
        work.send(REVERT, names, LATER)
        work.s3.delete_object(Bucket=ASSETS, Key="db1/a1/a.txt", VersionId=names["first"])
        work.lose(work.machine.started[0])


def jobs_behind_others(work: Work) -> None:
    """What broke off is met by the job alone."""
    with work.forgotten() as names:
        work.send(REVERT, names, LATER)
        work.broken_off()
        for _ in range(2):
            with suppress(Error):
                work.run(work.machine.started[0])


def archives(work: Work) -> None:
    """Whoever asks for one gets a link."""
    with work.forgotten() as names:
        path = work.send(keyed.REQUESTS["zip_version"], names, {}).body["operationId"]
        work.run(work.machine.started[0])
        assert work.ok("GET", f"{ASSET}/operations/{path}")["zip"]["downloadUrl"]


def adoption(work: Work) -> None:
    """Into a database whose assets make versions of what comes."""
    with work.forgotten() as names:
        work.ok("PUT", "/database/db1", {"autoVersion": {"after": "upload"}})
        work.send(ADOPT, names, LATER)
        work.run(work.machine.started[0])


def reconciliation(work: Work) -> None:
    """It finds what nobody told of, and a version comes of that."""
    with work.forgotten() as names:
        work.ok("PUT", ASSET, {"autoVersion": {"after": "quiet", "seconds": 30}})
        work.late = timedelta(hours=1)
        work.send(keyed.REQUESTS["reconcile_files"], names, LATER)
        work.run(work.machine.started[0])


def schedule(work: Work) -> None:
    """The clock begins a round, be Step Functions there or not."""
    for down in (False, True):
        with (
            work.forgotten(),
            patch.dict(os.environ, RECONCILE_EVERY_DAYS="1"),
            patch.object(work.machine, "down", down),
            suppress(ClientError),
            work.seen.by("reconcile_assets"),
        ):
            reconciling.handler({}, Context())


def files_arrive(work: Work) -> None:
    """Others put files, some of a type that is not taken, and into folders of no asset."""
    every: list[dict[str, Any]] = [
        {},
        {"autoCreateAssets": True},
        {"restrictFileUploadsToExtensions": ".jpg"},
    ]
    for facts, archived in product(every, (False, True)):
        with work.forgotten():
            work.ok("PUT", "/database/db1", {"description": "a database"} | facts)
            work.ok("PUT", ASSET, {"autoVersion": {"after": "quiet", "seconds": 30}})
            _came(work, *(f"db1/a1/{number}.txt" for number in range(MANY)), "db1/folder/a.txt")
            _came(work, "db1/a1/late.txt")
            work.without_base()
            if archived:
                work.ok("DELETE", f"{ASSET}/archiveAsset", {"confirmArchive": True})
            for message in work.queues.take("turns"):
                _due(work, message, timedelta())
                _due(work, message, timedelta(minutes=2))


def _came(work: Work, *keys: str) -> None:
    now = wiring.now()
    came = [
        put(key, work.s3.put_object(Bucket=ASSETS, Key=key, Body=b"new")["VersionId"], now) for key in keys
    ]
    with work.seen.by("on_files_changed"):
        arrivals.handler(messages([*came, deleted("db1/a1/a.txt", "m", now)]), Context())


def _due(work: Work, message: str, late: timedelta) -> None:
    work.late = late
    with work.seen.by("make_automatic_version"):
        automatic.handler({"Records": [{"body": message}]}, Context())


def webhooks(work: Work) -> None:
    """What happens is told, taken or not; what can't be told is parked."""
    for answer in (Answer(204, 1), Answer(500, 1), Answer(410, 1)):
        with work.forgotten(), patch.object(outward, "receivers", lambda said=answer: Receiver(said)):
            stream = Stream(lambda: work.world.account.dynamo.items)
            work.ok("POST", f"{ASSET}/createVersion", {})
            work.ok("POST", "/roles", {"roleName": "three", "description": "another"})
            told = stream.records()
            with work.seen.by("publish_events"):
                publishing.handler({"Records": [*told, unreadable(told[0])]}, Context())
            for late in (timedelta(), timedelta(hours=1), timedelta(days=5)):
                work.late = late
                for message in work.queues.take("lanes"):
                    with work.seen.by("deliver_webhooks"):
                        delivering.handler({"Records": [{"body": message}]}, Context())


def mail(work: Work) -> None:
    """A subscriber is told, and leaves by the link of the letter."""
    with work.forgotten() as names, patch.dict(os.environ, ENVIRONMENT):
        work.send(keyed.SUBSCRIBE, names, {})
        stream = Stream(lambda: work.world.account.dynamo.items)
        work.ok("POST", f"{ASSET}/createVersion", {})
        with work.seen.by("publish_events"):
            publishing.handler({"Records": stream.records()}, Context())
        for late in (timedelta(), timedelta(minutes=2)):
            work.late = late
            for message in work.queues.take("mail"):
                with work.seen.by("send_mail"):
                    mailing.handler({"Records": [{"body": message}]}, Context())
        (letter,) = outward.postman()._client._client.sent
        link = letter["List-Unsubscribe"].strip("<>")
        work.ok("POST", "/unsubscribe", query={"ticket": link.partition("ticket=")[2]})


def deployment(work: Work) -> None:
    with work.forgotten(), patch.object(seeding, "_answer"), work.seen.by("seed_policy"):
        seeding.handler({"RequestType": "Create"}, Context())
