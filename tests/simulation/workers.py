"""What Step Functions does with a job: its steps one after the other, each tried again when it breaks off."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any
from unittest.mock import patch

from assetversions.domain.errors import RETRYABLE, Error
from assetversions.engine.jobs import prepare, steps

from tests.simulation.oracle import REF
from tests.simulation.requests import OURS
from tests.simulation.scheduler import Process
from tests.simulation.world import World

STEP_SECONDS = 15 * 60
TRIES = 4
PAUSE_SECONDS = 2
Step = Callable[..., Any]


@contextmanager
def small_batches() -> Iterator[None]:
    """So that a handful of files are several batches."""
    with patch.object(prepare, "BATCH_FILES", 2):
        yield


class Broken(Exception):
    """A step that was given up."""


@dataclass
class Told:
    """What a step came to: its result, or its error; nothing yet, or for ever where it crashed."""

    done: bool = False
    value: Any = None


def _over(process: Process, told: Told) -> bool:
    return told.done or told.value is not None or process.dead


class Executions:
    """All that run."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._scheduler = world.scheduler

    def start_new(self) -> None:
        """Those that the product asked for since."""
        while self._world.started:
            job_id = self._world.started.pop(0)
            process = self._scheduler.new_process(f"job {job_id[-4:]}")
            self._scheduler.spawn(process, partial(self._run, job_id))

    def _run(self, job_id: str) -> None:
        began = self._scheduler.tick
        try:
            batches = self._insist(job_id, "prepare", began, steps.prepare)
            self._side_by_side(job_id, began, batches)
            while self._insist(job_id, "finish", began, partial(steps.finish, batches=len(batches))):
                pass
        except Broken:
            with suppress(Broken):
                self._insist(job_id, "fail", began, partial(steps.fail, error="broken"))

    def _side_by_side(self, job_id: str, began: int, batches: list[int]) -> None:
        """One that is given up ends the job, while others may still be at work."""
        left, broken = set(batches), []

        def copy(batch: int) -> None:
            try:
                self._insist(job_id, f"copy {batch}", began, partial(steps.copy, batch=batch))
                left.discard(batch)
            except Broken:
                broken.append(batch)

        for batch in batches:
            process = self._scheduler.new_process(f"job {job_id[-4:]} map {batch}")
            self._scheduler.spawn(process, partial(copy, batch))
        self._scheduler.wait(lambda: not left or bool(broken))
        if broken:
            raise Broken

    def _insist(self, job_id: str, name: str, began: int, step: Step) -> Any:
        """Broken for an error that stays, after so many tries, and where the execution was stopped."""
        for _ in range(TRIES):
            if job_id in self._world.stopped and name != "fail":
                break
            process = self._scheduler.new_process(f"job {job_id[-4:]} {name}", STEP_SECONDS, "job")
            process.facts |= {"began": began, "job": job_id}
            told = Told()
            self._scheduler.spawn(process, partial(self._try, process, job_id, step, told))
            self._scheduler.wait(partial(_over, process, told))
            if told.done:
                return told.value
            if isinstance(told.value, Error) and not isinstance(told.value, RETRYABLE):
                raise Broken
            self._scheduler.rest(PAUSE_SECONDS)
        raise Broken

    def _try(self, process: Process, job_id: str, step: Step, told: Told) -> None:
        """As the worker's Lambda does it: the reason of a refusal is kept."""
        world = self._world
        work = world.job_store
        try:
            job = work.get(REF, job_id)
            assert job is not None
            services = world.services(job.requested_by)
            process.facts["command"] = work.command(job)
            try:
                value = step(services, work, job)
            except RETRYABLE:
                raise
            except Error as error:
                work.update(job, services.now(), error=error.message)
                raise
            self._scheduler.note("ends", f"done {value or ''}")
            told.done, told.value = True, value
        except (Error, *OURS) as error:
            self._scheduler.note("ends", f"{type(error).__name__}: {error}")
            told.value = error
