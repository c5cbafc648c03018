"""Links are signed for one thing, for a while."""

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import boto3
import pytest
from assetversions.domain.errors import Conflict
from assetversions.domain.link_terms import LinkTerms
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.span import Bytes
from assetversions.domain.uploads import USUAL_PART_BYTES, UploadFile
from assetversions.storage.dynamodb import keys
from assetversions.storage.s3.object_keys import AssetsBucket
from assetversions.storage.s3.transfers import S3Transfers
from assetversions.storage.s3.zips import S3Zips
from botocore.config import Config
from botocore.exceptions import ClientError

from tests.support.upload_store import REF, Store, upload_store

store = pytest.fixture(upload_store)


def signer() -> Any:
    keys_of_nobody = {"aws_access_key_id": "key", "aws_secret_access_key": "secret"}
    return boto3.client(
        "s3", region_name="eu-central-1", config=Config(signature_version="s3v4"), **keys_of_nobody
    )


def signing(*seconds: int) -> S3Transfers:
    return S3Transfers(signer(), AssetsBucket("assets"), ThreadPoolExecutor(1), *seconds)


def test_a_link_lives_as_long_as_the_stage_says() -> None:
    file = UploadFile("a.bin", 1, 1, "s3-id", usual=True)
    transfers = signing(86_400)
    links = [transfers.read_link(REF, "a.txt", "v1"), *transfers.part_links(REF, file, [1])]
    assert all("X-Amz-Expires=86400" in link for link in links)
    assert transfers.link_ttl_seconds == 86_400
    assert "X-Amz-Expires=60" in S3Zips(None, signer(), "manifests").link("zip", "a.zip", 60)


def test_a_link_lives_for_a_quarter_of_an_hour() -> None:
    transfers = signing()
    assert "X-Amz-Expires=900" in transfers.read_link(REF, "a.txt", "v1")
    assert transfers.link_ttl_seconds == 900


def test_what_a_link_leads_to_is_an_attachment() -> None:
    assert "response-content-disposition=attachment" in signing().read_link(REF, "page.html", "v1")


def test_a_link_to_a_part_of_certain_length_takes_no_other_length() -> None:
    transfers = signing()
    file = UploadFile("a.bin", USUAL_PART_BYTES + 7, 2, "s3-id", usual=True)
    for wanted, one in ((True, file), (False, file._replace(usual=False))):
        links = transfers.part_links(REF, one, [1, 2])
        assert ["SignedHeaders=content-length%3Bhost" in link for link in links] == [wanted] * 2


def test_an_upload_that_was_begun_before_links_had_a_length_goes_on(store: Store) -> None:
    started = store.start("a.txt").upload
    key = keys.upload_files("db1", "a1", started.upload_id, 0)
    (row,) = (row for row in store.table.query(key["PK"], prefix=key["SK"]) if "files" in row)
    store.table.write(store.table.put(row | {"files": [file[:4] for file in row["files"]]}))
    assert store.services.uploads.get(REF, started.upload_id) == started


def reading(code: str) -> bytes | None:
    """What comes of reading a file where S3 answers this."""
    error = ClientError({"Error": {"Code": code}}, "GetObject")

    def refuse(**_: object) -> None:
        raise error

    transfers = S3Transfers(SimpleNamespace(get_object=refuse), AssetsBucket("assets"), ThreadPoolExecutor(1))
    return transfers.read(REF, Entry("a.txt", "v1", 4, "etag", 0), Bytes(0, 4))


@pytest.mark.parametrize("code", ["NoSuchKey", "NoSuchVersion", "MethodNotAllowed"])
def test_bytes_that_are_gone_are_none(code: str) -> None:
    assert reading(code) is None


def test_bytes_in_an_archive_of_s3_are_to_be_restored_first() -> None:
    with pytest.raises(Conflict, match="restore"):
        reading("InvalidObjectState")


def test_what_s3_refuses_otherwise_is_no_missing_file() -> None:
    with pytest.raises(ClientError):
        reading("AccessDenied")


def test_a_link_lives_and_answers_as_it_is_asked_to() -> None:
    terms = LinkTerms(60, 'attachment; filename="a b.pdf"', "application/pdf", "no-store")
    link = signing().read_link(REF, "a.txt", "v1", terms)
    said = dict(parse_qsl(urlsplit(link).query))
    assert (said["X-Amz-Expires"], said["response-content-type"]) == ("60", "application/pdf")
    assert said["response-content-disposition"] == 'attachment; filename="a b.pdf"'
    assert said["response-cache-control"] == "no-store"
