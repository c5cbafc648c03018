"""The whole contract: a tier imports these names and adds the fixtures `store` and `next_second`.

`store` is a `stores.Store`; `next_second` returns a time that what is stored from then on is not older than.
"""

from tests.contract.files_as_of_suite import TestFilesInTime, timed_ref
from tests.contract.files_suite import TestFiles, ref
from tests.contract.manifests_suite import TestManifests, uid
from tests.contract.records_suite import TestRecords, head

__all__ = ["TestFiles", "TestFilesInTime", "TestManifests", "TestRecords", "head", "ref", "timed_ref", "uid"]
