"""The steps of a job; each may be repeated after a crash, and nothing is copied twice.

prepare → copy (side by side, a batch of files each) → finish          fail, where a step gives up
"""

from assetversions.engine.jobs.copy import copy
from assetversions.engine.jobs.ending import fail
from assetversions.engine.jobs.finish import finish
from assetversions.engine.jobs.prepare import prepare

__all__ = ["copy", "fail", "finish", "prepare"]
