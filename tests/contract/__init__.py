"""What every store must do, whether it is the fakes, moto or a running system."""

import pytest

pytest.register_assert_rewrite(
    "tests.contract.records_suite",
    "tests.contract.files_suite",
    "tests.contract.files_as_of_suite",
    "tests.contract.manifests_suite",
    "tests.contract.properties_suite",
    "tests.contract.listings_suite",
)
