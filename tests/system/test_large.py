"""A version of more files than S3 lists at once is listed whole: nothing is ever cut silently."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from local.system import System
from tests.system.client import Asset, new_asset

# Three pages of S3's listings, so that ranges of them are listed side by side.
FILES = 2_100


@pytest.fixture(scope="module")
def large(system: System) -> Asset:
    """Put with one client: making a boto3 client takes longer than a PUT."""
    asset = new_asset(system)
    s3, prefix = system.client("s3"), f"{asset.database_id}/{asset.asset_id}"

    def put(number: int) -> None:
        s3.put_object(Bucket=system.assets_bucket, Key=f"{prefix}/{_path(number)}", Body=b"x")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(put, range(FILES)))
    assert asset.create().status_code == 200
    return asset


@pytest.mark.parametrize("query", [{}, {"pageSize": 1000}])
def test_all_files_are_listed_through_paging(large: Asset, query: dict[str, int]) -> None:
    pages = [page["files"] for page in large.pages("getVersion/{}", 1, **query)]
    assert [file["relativeKey"] for page in pages for file in page] == [_path(n) for n in range(FILES)]
    if query:
        assert [len(page) for page in pages] == [1000, 1000, 100]


def test_every_page_shows_the_totals(large: Asset) -> None:
    pages = list(large.pages("getVersion/{}", 1, pageSize=2000))
    assert len(pages) == 2
    for page in pages:
        assert (page["fileCount"], page["totalSize"]) == (FILES, FILES)


def test_the_next_version_and_a_revert_of_it_touch_only_what_differs(large: Asset) -> None:
    before = large.working()
    large.put(_path(1500), b"changed")
    assert large.create().status_code == 200
    assert large.version(2)["fileCount"] == FILES
    assert large.revert(1).status_code == 200
    after = large.working()
    assert {path for path in before if before[path] != after[path]} == {_path(1500)}
    assert after.keys() == before.keys()
    assert large.read(_path(1500)) == b"x"


def _path(number: int) -> str:
    return f"folder {number // 100:02}/file {number:04}.txt"
