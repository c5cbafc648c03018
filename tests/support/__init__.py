"""The ports of the domain, hand-written in memory: no AWS, no mock library."""

from tests.support.faults import Crash, Failure, Faults
from tests.support.files import FakeFiles
from tests.support.jobs import FakeJobs
from tests.support.manifests import FakeManifests
from tests.support.properties import FakeProperties
from tests.support.records import FakeRecords
from tests.support.world import EVERYTHING, REF, UID, Clock, FakeGuard, World, link, number

__all__ = [
    "EVERYTHING",
    "REF",
    "UID",
    "Clock",
    "Crash",
    "Failure",
    "FakeFiles",
    "FakeGuard",
    "FakeJobs",
    "FakeManifests",
    "FakeProperties",
    "FakeRecords",
    "Faults",
    "World",
    "link",
    "number",
]
