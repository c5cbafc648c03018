"""A system in memory in which each function does what it is there for, with an eye on what it asks AWS."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from assetversions import operations
from assetversions.dialects import ROUTES
from assetversions.domain.errors import Error
from assetversions.domain.ids import uid_text
from assetversions.domain.model import AssetRef
from assetversions.runtime import outward, stores, wiring
from assetversions.runtime.worker import copy, fail, finish, prepare, worker
from assetversions.storage.dynamodb.journal import DynamoJournal
from assetversions.storage.s3.working_files import S3Files

from tests.integration.rights.seen import Seen
from tests.integration.rights.stand_ins import Lambda, Machine, Pool, Ses
from tests.integration.storage.keyed import Once
from tests.malformed.world import World, world
from tests.simulation.aws import ASSETS, MANIFESTS
from tests.support.aws import REAL_USERS, forget_clients, people
from tests.support.in_memory import Queues
from tests.support.lambda_client import Authorizer, Context, ask, match, user
from tests.support.routes import ASSET
from tests.support.stream import Buses

LATER = {"prefer": "respond-async"}
ADMIN = user("admin", "admin")
FOLDER = {"filePath": "/many/", "isPrefix": True}


class Crash(BaseException):
    """The end of a function in the midst of its work."""


class Work:
    """Everything that is done is forgotten before the next thing is."""

    def __init__(self, world: World, seen: Seen, machine: Machine, queues: Queues, s3: Any) -> None:
        self.world, self.seen, self.machine, self.queues, self.s3 = world, seen, machine, queues, s3
        self.late = timedelta()

    @contextmanager
    def forgotten(self) -> Iterator[dict[str, str]]:
        """The names of what there is."""
        more = {"first": "versionId", "content": "content_id", "version": "v1"}
        yield self.world.names | {name: self.world.names[there] for name, there in more.items()}
        self.late, self.s3.page = timedelta(), 1000
        self.machine.started.clear()
        for name in self.queues.sent:
            self.queues.take(name)
        self.world.forget()

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        who: Authorizer = ADMIN,
        breaks: bool = False,
        **how: Any,
    ) -> Any:
        key, _ = match(method, path)
        function = operations.function(next(route.operation for route in ROUTES if route.key == key))
        headers = {"authorization": "Bearer admin"} | how.pop("headers", {})
        with self.seen.by(function):
            answer = ask(who, method, path, body, headers=headers, **how)
        assert answer.status != 500 or breaks, (method, path, answer)
        return answer

    def ok(self, method: str, path: str, body: Any = None, **how: Any) -> Any:
        answer = self.ask(method, path, body, **how)
        assert answer.status < 300, (method, path, answer)
        return answer.body

    def prepared(self, once: Once, names: dict[str, str]) -> dict[str, str]:
        for one in once.behind:
            answer = self.send(one, names, LATER if one.background else {})
            names = names | {name: text for name, text in answer.body.items() if isinstance(text, str)}
        return names

    def send(self, once: Once, names: dict[str, str], headers: dict[str, str], **how: Any) -> Any:
        one = once.named(names)
        return self.ask(one.method, one.path, one.body, headers=headers, **how)

    def run(self, address: dict[str, Any]) -> None:
        with self.seen.by("job_prepare"):
            batches = worker(prepare)(address, Context())["batches"]
        for batch in batches:
            with self.seen.by("job_copy"):
                worker(copy)(address | {"batch": batch}, Context())
        with self.seen.by("job_finish"):
            worker(finish)(address | {"count": len(batches)}, Context())

    def lose(self, address: dict[str, Any]) -> None:
        """It fails behind its first step, or in it."""
        with self.seen.by("job_prepare"), suppress(Error):
            worker(prepare)(address, Context())
        with self.seen.by("job_fail"):
            worker(fail)(address, Context())

    def without_base(self) -> None:
        """The manifest that listings are compared with is lost, and others have put many files."""
        self.s3.page = 2
        asset = stores.records().asset(AssetRef("db1", "a1"))
        assert asset is not None
        self.s3.delete_object(Bucket=MANIFESTS, Key=f"{uid_text(asset.uid)}/{asset.base}.jsonl.zst")

    def broken_off(self) -> None:
        """Changes of files that ended in their midst, long ago."""
        for place, method, path, body in (
            ((S3Files, "copy"), "POST", "unarchiveFile", {"filePath": "gone.txt"}),
            ((DynamoJournal, "close"), "POST", "unarchiveFile", {"filePath": "b.txt"}),
            ((S3Files, "delete"), "DELETE", "archiveFile", {"filePath": "in/c.txt"}),
            ((DynamoJournal, "close"), "DELETE", "archiveFile", FOLDER),
        ):
            with patch.object(*place, side_effect=Crash), suppress(Crash):
                self.ask(method, f"{ASSET}/{path}", body)
        self.late = timedelta(hours=1)


@contextmanager
def working() -> Iterator[Work]:
    """A system in which there is some of everything, and nobody who was looked up yet."""
    seen, machine, queues = Seen(), Machine(), Queues()
    with world() as made:
        s3 = made.account.s3
        for name in ("admin", "bob", "nobody"):
            people().add(name)
        many = (f"a1/many/{number}.txt" for number in range(20))
        for path in ("a1/in/b.txt", "a1/in/c.txt", "new/a.txt", *many):
            s3.put_object(Bucket=ASSETS, Key=f"db1/{path}", Body=path.encode())
        made.change("POST", f"{ASSET}/createVersion")
        s3.put_object(Bucket=ASSETS, Key="db1/a1/a.txt", Body=b"second")
        made.change("POST", "/roles", {"roleName": "editor", "description": "works"})
        own = {
            "cognito-idp": Pool(),
            "events": Buses(),
            "lambda": Lambda(seen),
            "sesv2": Ses(),
            "sqs": queues,
            "stepfunctions": machine,
        }
        watched = seen.watch(vars(wiring)["aws"], own)
        found = Work(made, seen, machine, queues, s3)
        now = wiring.now
        with (
            patch.object(wiring, "aws", watched),
            patch.object(outward, "aws", watched),
            patch.object(wiring, "users", REAL_USERS),
            patch.object(wiring, "now", lambda: now() + found.late),
        ):
            forget_clients()
            yield found
