"""An executor whose tasks take turns with everybody else's, and a `wait` for what it gives."""

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_EXCEPTION, Executor, Future
from typing import Any

from tests.simulation.scheduler import Crash, Scheduler


class Promised(Future[Any]):
    """Whoever asks for the result lets others go first."""

    def __init__(self, scheduler: Scheduler) -> None:
        super().__init__()
        self.scheduler = scheduler

    def result(self, timeout: float | None = None) -> Any:
        self.scheduler.wait(self.done)
        return super().result(0)

    def exception(self, timeout: float | None = None) -> BaseException | None:
        self.scheduler.wait(self.done)
        return super().exception(0)


class Pool(Executor):
    """Outside of a task, and where there is nothing to run side by side, work is done at once."""

    def __init__(self, scheduler: Scheduler) -> None:
        self._scheduler = scheduler

    def submit(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future = Promised(self._scheduler)

        def run() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(work(*args, **kwargs))
            except Crash as crash:
                future.set_exception(crash)
                raise
            except Exception as error:  # noqa: BLE001 (told to whoever asks for the result)
                future.set_exception(error)

        if self._scheduler.task is None:
            run()
        else:
            self._scheduler.spawn(self._scheduler.task.process, run)
        return future


def wait(futures: Iterable[Future[Any]], timeout: float | None = None, return_when: str = "") -> None:
    """As `concurrent.futures.wait`, for what a `Pool` gives."""
    some = list(futures)
    if not some:
        return

    def enough() -> bool:
        if all(future.done() for future in some):
            return True
        return return_when == FIRST_EXCEPTION and any(
            future.done() and not future.cancelled() and future.exception() for future in some
        )

    some[0].scheduler.wait(enough)  # type: ignore[attr-defined]
