"""What AWS does piece by piece: others may see half of it, and it goes on though whoever asked has gone."""

from collections.abc import Callable, Sequence

from tests.simulation.scheduler import Scheduler


class Pieces:
    def __init__(self, scheduler: Scheduler, service: str) -> None:
        self._scheduler = scheduler
        self._service = service

    def do(self, pieces: Sequence[Callable[[], None]]) -> None:
        """All of them, others in between; at once outside of a task, or for an only one."""
        scheduler = self._scheduler
        for_whom = scheduler.process
        if scheduler.task is None or len(pieces) == 1 or scheduler.task.process is not for_whom:
            for piece in pieces:
                scheduler.tick_on()
                piece()
            return
        left = list(pieces)

        def work() -> None:
            while left:
                scheduler.step()
                scheduler.tick_on()
                scheduler.done_by(for_whom, left.pop(0))
                scheduler.note("a piece of it", f"{len(left)} left")

        scheduler.spawn(scheduler.new_process(self._service), work)
        scheduler.wait(lambda: not left)
