"""The whole contract: a tier imports these names and adds the fixtures `store` and `next_second`.

`store` is a `stores.Store`; `next_second` returns a time that what is stored from then on is not older than.
"""

from tests.contract.aliases_suite import TestAliases
from tests.contract.automatic_suite import TestAutomatic
from tests.contract.contents_suite import TestContents
from tests.contract.files_as_of_suite import TestFilesInTime, timed_ref
from tests.contract.files_suite import TestFiles, ref
from tests.contract.history_suite import TestHistory
from tests.contract.journal_suite import TestJournal
from tests.contract.listings_suite import TestListings, twelve
from tests.contract.lives_suite import TestLives
from tests.contract.manifests_suite import TestManifests, uid
from tests.contract.properties_suite import TestProperties, database_id
from tests.contract.records_suite import TestRecords, head
from tests.contract.subscriptions_suite import TestSubscriptions
from tests.contract.uploads_suite import TestUploads

__all__ = [
    "TestAliases",
    "TestAutomatic",
    "TestContents",
    "TestFiles",
    "TestFilesInTime",
    "TestHistory",
    "TestJournal",
    "TestListings",
    "TestLives",
    "TestManifests",
    "TestProperties",
    "TestRecords",
    "TestSubscriptions",
    "TestUploads",
    "database_id",
    "head",
    "ref",
    "timed_ref",
    "twelve",
    "uid",
]
