"""Lambda: a step of a job: carry out one batch of files."""

from assetversions.runtime.worker import copy, worker

handler = worker(copy)
