"""The ports of the domain, hand-written in memory: no AWS, no mock library."""

from tests.fakes.faults import Crash, Failure, Faults
from tests.fakes.files import FakeFiles
from tests.fakes.jobs import FakeJobs
from tests.fakes.manifests import FakeManifests
from tests.fakes.properties import FakeProperties
from tests.fakes.records import FakeRecords
from tests.fakes.world import EVERYTHING, REF, UID, Clock, FakeGuard, World, link, number

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
