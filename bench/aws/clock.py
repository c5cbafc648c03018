"""The clock of AWS: it goes on only while all threads of the process wait, so calls at once are one wait."""

import asyncio
import heapq
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from threading import Condition, Event, Thread, active_count, get_native_id

# In seconds: what AWS takes for a call, beside what the caller computes. By the beginning of its name.
WAITS = {"List": 0.080, "Head": 0.015, "Transact": 0.020}
OF_S3, OF_TABLE = 0.030, 0.008
# Without work for so long, every thread waits.
QUIET, IDLE = 0.001, 0.000_05
TASKS = Path("/proc/self/task")


def wait_of(call: str, service: str) -> float:
    usual = OF_S3 if service == "s3" else OF_TABLE
    return next((seconds for name, seconds in WAITS.items() if call.startswith(name)), usual)


class Clock:
    """`now` is how long was waited; `cpu` is what it took to find out that all wait."""

    def __init__(self) -> None:
        self.now = 0.0
        self.cpu = 0.0
        self._running = False
        self._changed = Condition()
        self._due: list[tuple[float, int, Callable[[], object]]] = []
        self._numbers = count()

    @contextmanager
    def running(self) -> Iterator[None]:
        self.now, self.cpu, self._running = 0.0, 0.0, True
        coordinator = Thread(target=self._run, daemon=True)
        coordinator.start()
        try:
            yield
        finally:
            with self._changed:
                self._running = False
                self._changed.notify()
            coordinator.join()

    def wait(self, seconds: float) -> None:
        if not self._running:
            return
        if active_count() == 2:  # nobody but the caller and the coordinator
            self.now += seconds
            return
        over = Event()
        self._later(seconds, over.set)
        over.wait()

    async def wait_async(self, seconds: float) -> None:
        if self._running:
            loop, over = asyncio.get_running_loop(), asyncio.Event()
            self._later(seconds, lambda: loop.call_soon_threadsafe(over.set))
            await over.wait()

    def _later(self, seconds: float, then: Callable[[], object]) -> None:
        with self._changed:
            heapq.heappush(self._due, (self.now + seconds, next(self._numbers), then))
            self._changed.notify()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._due or not self._running)
                if not self._running:
                    break
            _settle()
            with self._changed:
                self.now = max(self.now, self._due[0][0])
                while self._due and self._due[0][0] <= self.now:
                    heapq.heappop(self._due)[2]()
        self.cpu = time.thread_time()


def _settle() -> None:
    """Until all other threads wait."""
    while True:
        before = _others()
        time.sleep(QUIET)
        if _others() - before < IDLE and not _ready():
            return


def _others() -> float:
    return time.process_time() - time.thread_time()


def _ready() -> bool:
    """Whether a thread would go on if only it had a processor, where the system tells."""
    me = str(get_native_id())
    return any(_state(task) == "R" for task in TASKS.glob("*") if task.name != me)


def _state(task: Path) -> str:
    try:
        return (task / "stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return ""
