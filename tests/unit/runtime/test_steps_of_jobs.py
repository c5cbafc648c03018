"""A job was allowed when it was asked for: its steps have no say in what is allowed."""

from assetversions.domain.access_report import Question
from assetversions.runtime.no_guard import NoGuard


def test_the_steps_of_a_job_are_allowed_nothing_more():
    guard = NoGuard()
    assert (guard.allows("read", {}), guard.manages()) == (False, False)
    assert (guard.decider("read", {}), guard.explain(Question()).people) == (None, ())
