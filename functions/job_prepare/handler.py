"""Lambda: a step of a job: take the lease and write the steps."""

from assetversions.runtime.worker import prepare, worker

handler = worker(prepare)
