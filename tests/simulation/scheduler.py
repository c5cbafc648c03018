"""Who goes next: the tasks of one run take turns at every AWS call, and a seed decides about all of it."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from greenlet import getcurrent, greenlet

Result = TypeVar("Result")
BEGIN = datetime(2026, 3, 15, 10, 30, tzinfo=UTC)
# What a run may take: beyond it somebody waits for ever.
MOST_STEPS = 20_000


class Crash(BaseException):
    """The process is gone: nothing that it still tries has any effect."""


@dataclass(eq=False)
class Process:
    """What lives and dies together: one request, one step of a job; `dies_at` is the platform's time-out."""

    name: str
    began: int
    dies_at: datetime
    dead: bool = False
    # Which client it works for.
    client: str = ""
    # What it wrote, for the promises.
    touched: set[str] = field(default_factory=set)
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(eq=False)
class Task:
    """A thread of a process; it goes on once `ready` says so."""

    process: Process
    thread: greenlet
    ready: Callable[[], bool] | None = None
    # Keys that a call under way is about, and whether it is a transaction.
    about: frozenset[Any] = frozenset()
    transaction: bool = False
    weight: float = 1.0


class Scheduler:
    """One run. `tick` counts the steps; `trace` remembers them."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.now = BEGIN
        self.tick = 0
        self.trace: list[tuple[int, datetime, str, str, str]] = []
        self._tasks: list[Task] = []
        self._main = getcurrent()
        # For whom AWS is at work, where that is not who runs.
        self._as: Process | None = None
        self._late: list[tuple[datetime, Process, Callable[[], object]]] = []
        self.pace = self.random.choice([1, 10, 60, 400])
        self.leaps = self.random.choice([0.0, 0.0, 0.002, 0.008])

    @property
    def task(self) -> Task | None:
        return getattr(getcurrent(), "task", None)

    @property
    def process(self) -> Process | None:
        """Who is at work; None for what stands outside, such as the checks."""
        return self._as or (self.task.process if self.task else None)

    def step(self, about: frozenset[Any] = frozenset(), transaction: bool = False) -> None:
        """Let others go first; Crash where the process dies meanwhile. Nothing for what stands outside."""
        task = self.task
        if task is None:
            return
        task.about, task.transaction = about, transaction
        self._switch(task)
        task.about = frozenset()

    def wait(self, ready: Callable[[], bool]) -> None:
        task = self.task
        if task is None or ready():
            return
        task.ready = ready
        self._switch(task)

    def rest(self, seconds: float) -> None:
        until = self.now + timedelta(seconds=seconds)
        self.wait(lambda: self.now >= until)

    def note(self, what: str, outcome: str, who: str = "") -> None:
        who = who or (self.process.name if self.process else "-")
        self.trace.append((self.tick, self.now, who, what, outcome))

    def kill(self, process: Process) -> None:
        process.dead = True

    def spawn(self, process: Process, work: Callable[[], object], weight: float | None = None) -> Task:
        def run() -> None:
            try:
                work()
            except Crash:
                process.dead = True

        thread = greenlet(run, self._main)
        task = Task(process, thread, weight=weight or self.random.choice([0.2, 1, 1, 5]))
        thread.task = task
        self._tasks.append(task)
        return task

    def new_process(self, name: str, seconds: float = 10**9, client: str = "") -> Process:
        return Process(name, self.tick, self.now + timedelta(seconds=seconds), client=client)

    def later(self, seconds: float, process: Process, effect: Callable[[], object]) -> None:
        """AWS is still at it, whoever asked may have gone."""
        self._late.append((self.now + timedelta(seconds=seconds), process, effect))

    def conflicts(self, about: frozenset[Any], transaction: bool) -> bool:
        """Whether another task is at work on one of these, and one of the two by a transaction."""
        me = self.task
        return any(
            task is not me and (transaction or task.transaction) and task.about & about
            for task in self._tasks
        )

    def run(self) -> None:
        """Until all tasks have ended."""
        for _ in range(MOST_STEPS):
            if not self._tasks:
                return
            self._pass_time()
            self._do_late()
            task = self._choose()
            if task is not None:
                self._resume(task)
        raise AssertionError(f"after {MOST_STEPS} steps somebody is still at work")

    def tick_on(self) -> int:
        self.tick += 1
        return self.tick

    def done_by(self, process: Process | None, effect: Callable[[], Result]) -> Result:
        """What AWS does for a process, whoever runs now."""
        before, self._as = self._as, process
        try:
            return effect()
        finally:
            self._as = before

    def _switch(self, task: Task) -> None:
        if task.process.dead:
            raise Crash
        at_work, self._as = self._as, None
        self._main.switch()
        self._as = at_work
        if task.process.dead:
            raise Crash

    def _pass_time(self) -> None:
        self.now += timedelta(milliseconds=self.random.randrange(self.pace + 1))
        if self.leaps and self.random.random() < self.leaps:
            self.now += timedelta(seconds=self.random.choice([1, 3, 10, 31, 61]))
            self.note("time leaps", "", "clock")

    def _do_late(self) -> None:
        if not self._late:
            return
        due = [one for one in self._late if one[0] <= self.now]
        self._late = [one for one in self._late if one[0] > self.now]
        for _, process, effect in due:
            self.done_by(process, effect)

    def _choose(self) -> Task | None:
        for task in self._tasks:
            if not task.process.dead and task.process.dies_at <= self.now:
                task.process.dead = True
                self.note("timed out", "", task.process.name)
        ready = [task for task in self._tasks if task.process.dead or task.ready is None or task.ready()]
        if not ready:
            self.now += timedelta(milliseconds=50)
            return None
        (task,) = self.random.choices(ready, [one.weight for one in ready])
        if self.random.random() < 0.02:
            task.weight = self.random.choice([0.05, 0.2, 1, 5])
        return task

    def _resume(self, task: Task) -> None:
        task.ready = None
        task.thread.switch()
        if task.thread.dead:
            self._tasks.remove(task)

    def leave(self, minutes: int) -> None:
        """Everybody is away for so long."""
        self.leaps = 0.0
        self.now += timedelta(minutes=minutes)
        self.note(f"{minutes} minutes pass", "", "clock")

    def finish_late(self) -> None:
        """Whatever AWS is still at, it ends."""
        while self._late:
            self.now = max(self.now, min(one[0] for one in self._late))
            self._do_late()


def told(trace: list[tuple[int, datetime, str, str, str]]) -> Iterator[str]:
    for tick, now, who, what, outcome in trace:
        yield f"{tick:5d} {now:%H:%M:%S.%f}"[:-3] + f"  {who:28s} {what}  {outcome}"
