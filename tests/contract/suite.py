"""The whole contract: a tier imports these names and adds a fixture `store` (see `stores.Store`)."""

from tests.contract.files_suite import TestFiles, ref
from tests.contract.manifests_suite import TestManifests, uid
from tests.contract.records_suite import TestRecords, head

__all__ = ["TestFiles", "TestManifests", "TestRecords", "head", "ref", "uid"]
