"""What may become of a call to AWS, beside what it does: errors, lost replies, repeats, crashes."""

from collections.abc import Callable
from typing import Any, TypeVar

from botocore.exceptions import ClientError, ConnectionClosedError, ReadTimeoutError

from tests.simulation.scheduler import Crash, Scheduler

Reply = TypeVar("Reply")
# A write of which nobody heard happens within this, if it does.
LATE_SECONDS = 15


def error(code: str, status: int, operation: str, message: str = "", **more: Any) -> ClientError:
    """As botocore raises it; `retries` says how often it tried again."""
    metadata = {"HTTPStatusCode": status, "RetryAttempts": more.pop("retries", 0)}
    response: Any = {"Error": {"Code": code, "Message": message or code}, "ResponseMetadata": metadata}
    return ClientError(response | more, operation)


class Weather:
    """How often what goes wrong in this run."""

    def __init__(self, scheduler: Scheduler) -> None:
        self._scheduler = scheduler
        self.random = scheduler.random
        self.failures = self.random.choice([0.0, 0.004, 0.02])
        self.crashes = self.random.choice([0.0, 0.003, 0.012])
        self.conflicts = self.random.choice([0.0, 0.3, 0.7])

    def calm(self) -> None:
        self.failures = self.crashes = self.conflicts = 0.0

    @property
    def faultless(self) -> bool:
        return not (self.failures or self.crashes)

    def some(self, likely: float = 0.3) -> bool:
        """Whether something goes halfway, where things go wrong at all."""
        return bool(self.failures) and self.random.random() < likely * self.failures * 10

    def meets(self) -> bool:
        """Whether two who are at one item at once disturb each other."""
        return self.random.random() < self.conflicts

    def strike(
        self,
        what: str,
        effect: Callable[[], Reply],
        *,
        writes: bool,
        refusal: Callable[[], Exception],
        again: Callable[[], None],
    ) -> Reply:
        """The reply of `effect`, or what happens in its place; everything goes well outside of a task.

        `again` is what comes before a second attempt.
        """
        scheduler = self._scheduler
        process = scheduler.process
        if process is None or scheduler.task is None:
            return effect()
        dice = self.random.random()
        if dice < self.crashes:
            self._maybe(what, effect, writes)
            scheduler.note(what, "CRASH")
            scheduler.kill(process)
            raise Crash
        if dice < self.crashes + self.failures:
            return self._fail(what, effect, writes, refusal, again)
        return self._do(what, effect)

    def _do(self, what: str, effect: Callable[[], Reply], how: str = "") -> Reply:
        try:
            reply = effect()
        except ClientError as failed:
            self._scheduler.note(what, f"{failed.response['Error']['Code']} {how}")
            raise
        self._scheduler.note(what, f"ok {how}")
        return reply

    def _fail(
        self,
        what: str,
        effect: Callable[[], Reply],
        writes: bool,
        refusal: Callable[[], Exception],
        again: Callable[[], None],
    ) -> Reply:
        kind = self.random.choice(["refused", "refused", "lost", "repeated"])
        if kind == "refused":
            self._scheduler.note(what, "REFUSED")
            raise refusal()
        if kind == "repeated" and writes:
            self._ignoring(effect)
            self._scheduler.note(what, "done, reply lost, botocore tries again")
            again()
            return self._do(what, effect, "(again)")
        self._maybe(what, effect, writes)
        self._scheduler.note(what, "NO REPLY")
        if self.random.random() < 0.5:
            raise ConnectionClosedError(endpoint_url="https://aws")
        raise ReadTimeoutError(endpoint_url="https://aws")

    def _maybe(self, what: str, effect: Callable[[], object], writes: bool) -> None:
        """A write that nobody hears of is done, is not, or is later."""
        if not writes:
            return
        kind = self.random.choice(["done", "not", "late"])
        if kind == "done":
            self._ignoring(effect)
            self._scheduler.note(what, "done, unheard of")
        if kind == "late":
            process = self._scheduler.process
            assert process is not None

            def afterwards() -> None:
                self._ignoring(effect)
                self._scheduler.note(what, "done at last")

            self._scheduler.later(self.random.uniform(0, LATE_SECONDS), process, afterwards)

    @staticmethod
    def _ignoring(effect: Callable[[], object]) -> None:
        try:
            effect()
        except ClientError:
            return
