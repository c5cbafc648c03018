"""Lambda: a step of a job: say why, and let go of the working files."""

from assetversions.runtime.worker import fail, worker

handler = worker(fail)
