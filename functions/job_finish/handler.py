"""Lambda: a step of a job: commit what was done."""

from assetversions.runtime.worker import finish, worker

handler = worker(finish)
