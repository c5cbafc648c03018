"""The real storage over a strict AWS in memory, and the promise that holds after each refusal."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assetversions import operations
from assetversions.domain.errors import Error
from assetversions.domain.once import KEPT_FOR, Once, Receipt
from assetversions.engine.authorize import require
from assetversions.engine.operation import AnyOperation
from assetversions.runtime.once import again, known
from assetversions.storage.dynamodb.receipts import DynamoReceipts
from hypothesis.stateful import RuleBasedStateMachine
from msgspec.structs import replace

from tests.simulation.aws import ASSETS, MANIFESTS
from tests.support.aws_world import PREFIX, MemoryWorld
from tests.support.services import GivenServices

# The one refusal that comes behind the work, and says so.
DONE_ALL_THE_SAME = "The upload is complete"


@dataclass(frozen=True)
class Caller:
    """`denied` is the one action that they may not take, `key` their request's `Idempotency-Key`."""

    denied: str | None = None
    key: str | None = None


class Machine(RuleBasedStateMachine):
    """One asset in one database, whose files others may write and destroy, too."""

    def __init__(self) -> None:
        super().__init__()
        self.world = MemoryWorld()
        self.account = self.world.account
        self.receipts = DynamoReceipts(self.world.table)
        for name in ("ann", "bob"):
            self.world.people.add(name)

    def send(self, operation: AnyOperation, command: Any, caller: Caller) -> Any:
        """What it comes to, as the endpoint has it; None for a refusal, which has changed nothing."""
        before = self.state()
        try:
            return self._answer(operation, command, caller)
        except Error as refusal:
            after = self.state()
            if not str(refusal).startswith(DONE_ALL_THE_SAME):
                changed = list(_changes(before, after))
                assert not changed, f"{operation.name} was refused ({refusal!r}), but changed {changed}"
            return None

    def state(self) -> dict[Any, Any]:
        """Every item of the table, and every object, delete marker and begun upload of both buckets."""
        found: dict[Any, Any] = dict(self.account.dynamo.items)
        for name, bucket in ((ASSETS, self.account.assets), (MANIFESTS, self.account.manifests)):
            for key in bucket.keys("", ""):
                found[name, key] = [(one.version_id, one.body) for one in bucket.history(key)]
            found |= {(name, key): dict(upload.parts) for key, upload in bucket.uploads.items()}
        return found

    def seen(self, path: str) -> list[str]:
        """All object versions of a path, oldest first, delete markers among them."""
        return [one.version_id for one in self.account.assets.history(PREFIX + path)]

    def put(self, path: str, body: bytes | None) -> None:
        self.account.assets.put(PREFIX + path, body, {"Metadata": {}})

    def purge(self, path: str, version_id: str) -> None:
        self.account.s3.delete_object(Bucket=ASSETS, Key=PREFIX + path, VersionId=version_id)

    def _answer(self, operation: AnyOperation, command: Any, caller: Caller) -> Any:
        once = caller.key and Once(
            caller.key, str((operation.name, command)), self.world.clock.now() + KEPT_FOR
        )
        if not once:
            return self._operate(operation, command, caller, None)
        found = known(once, self.receipts.find(once))
        if isinstance(found, Receipt):
            return again(operation, command, found, self._services(caller, once))
        return self._operate(operation, command, caller, found)

    def _operate(self, operation: AnyOperation, command: Any, caller: Caller, once: Once | None) -> Any:
        services = self._services(caller, once)
        if hasattr(command, "asset"):
            head = self.world.head()
            require(services, operation.action or "", head)
            return operation(command, head, services)
        return operation(command, services)

    def _services(self, caller: Caller, once: Once | None) -> GivenServices:
        self.world.guard.rule = lambda action, _thing: action != caller.denied
        return replace(self.world.services(), once=once, receipts=self.receipts)


def operation_of(command: Any) -> AnyOperation:
    """It has the name of its command."""
    return operations.find(re.sub(r"(?<!^)(?=[A-Z])", "_", type(command).__name__).lower())


def _changes(before: dict[Any, Any], after: dict[Any, Any]) -> Iterator[Any]:
    """But for a manifest that is new: it is stored before the version that was refused, and none names it."""
    for key in before.keys() | after.keys():
        new_manifest = key not in before and key[0] == MANIFESTS and key[1].endswith(".jsonl.zst")
        if before.get(key) != after.get(key) and not new_manifest:
            yield key
