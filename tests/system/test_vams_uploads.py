"""Uploads: what is wrong is refused by name, nothing is half visible, and races leave whole objects."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import boto3
import httpx
import pytest
from botocore.config import Config

from local.emulator import CREDENTIALS, REGION
from local.system import System
from tests.system.vams_client import PART, Body, VamsClient, announced, sign_in, with_asset

MIB = 1024**2
TWO_PARTS = b"1" * PART + b"2"


@pytest.fixture
def vams(system: System) -> VamsClient:
    return with_asset(system)


def refused(reply: httpx.Response, says: str) -> None:
    """A 400 that names the file and says why, in the shape that a client of VAMS knows."""
    body = reply.json()
    assert (reply.status_code, body["overallSuccess"]) == (400, False), reply.text
    assert says in body["message"] and says in body["fileResults"][0]["error"]


def test_a_file_that_is_not_as_announced_stays_out_and_can_still_be_put_right(vams: VamsClient) -> None:
    upload, (good, small) = vams.send({"two.bin": TWO_PARTS, "small.txt": b"small"})
    one, two = good["parts"]
    broken = {
        "in order": [two, one],
        "1 to 2": [one],
        "each once": [one, one],
        "ETag of part 2": [one, two | {"ETag": one["ETag"]}],
    }
    for says, parts in broken.items():
        refused(vams.complete(upload, [good | {"parts": parts}, small]), says)
    assert vams.files() == []
    first = vams.complete(upload, [good, small])
    assert first.status_code == 200
    assert {item["relativeKey"]: item["size"] for item in vams.files()} == {
        "small.txt": 5,
        "two.bin": PART + 1,
    }
    assert vams.complete(upload, [good, small]).json() == first.json(), "the reply may have been lost"
    other = vams.complete(upload, [small])
    assert (other.status_code, "other files" in other.text) == (409, True)
    assert len(vams.history("two.bin")) == 1


def test_a_part_that_never_came_or_bytes_that_are_too_few_leave_no_file(vams: VamsClient) -> None:
    started = vams.start([announced("two.bin", TWO_PARTS), announced("size.bin", TWO_PARTS)]).json()
    two, size = started["files"]
    links = [file["partUploadUrls"] for file in (two, size)]
    part = httpx.put(links[0][0]["UploadUrl"], content=b"1" * PART, timeout=60).headers["ETag"]
    arrived = [
        httpx.put(link["UploadUrl"], content=data, timeout=60).headers["ETag"]
        for link, data in zip(links[1], (b"1" * PART, b"23"), strict=True)
    ]
    named = [{"PartNumber": 1, "ETag": part}, {"PartNumber": 2, "ETag": part}]
    whole = [{"PartNumber": number, "ETag": etag} for number, etag in enumerate(arrived, start=1)]
    refused(vams.complete(started["uploadId"], [two | {"parts": named}]), "1 of 2 parts have arrived")
    refused(vams.complete(started["uploadId"], [size | {"parts": whole}]), "not the 5,242,881 that were")
    both = vams.complete(started["uploadId"], [two | {"parts": named}, size | {"parts": whole}]).json()
    assert [result["relativeKey"] for result in both["fileResults"]] == ["two.bin", "size.bin"]
    assert vams.files(includeArchived="true") == []


def test_a_link_takes_no_more_and_no_fewer_bytes_than_were_announced(vams: VamsClient) -> None:
    """Where the file comes in one part, or the cut is left to us; also by a link that was renewed."""
    started = vams.start([{"relativeKey": "a.txt", "file_size": 5}]).json()
    for reply in (started, vams.renew(started["uploadId"]).json()):
        (link,) = reply["files"][0]["partUploadUrls"]
        for data in (b"1234", b"123456"):
            refusal = httpx.put(link["UploadUrl"], content=data)
            assert (refusal.status_code, "SignatureDoesNotMatch" in refusal.text) == (403, True)
        assert httpx.put(link["UploadUrl"], content=b"12345").status_code == 200


def test_a_browser_saves_what_a_link_leads_to_and_runs_none_of_it(vams: VamsClient) -> None:
    """Whatever its type, also where another client has given a harmless name to a page."""
    for path in ("page.html", "drawing.svg", "page.xhtml", "data.xml", "photo.png"):
        vams.upload({path: b"<script>"})
        reply = httpx.get(vams.link(path))
        assert (reply.content, reply.headers["Content-Disposition"]) == (b"<script>", "attachment")


def test_an_upload_outlives_its_links(
    system: System, vams: VamsClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has lost all but its id goes on from the reply with the fresh links."""
    data = b"1" * 6 * MIB + b"2" * 6 * MIB
    started = vams.start([{"relativeKey": "a.bin", "file_size": len(data), "num_parts": 2}]).json()
    (file,) = started["files"]
    assert file["partSize"] == 6 * MIB
    httpx.put(file["partUploadUrls"][0]["UploadUrl"], content=data[: 6 * MIB], timeout=60)
    old = link_of_before(system, monkeypatch, vams, file, 2)
    late = httpx.put(old, content=data[6 * MIB :], timeout=60)
    assert (late.status_code, "expired" in late.text) == (403, True)

    renewed = vams.renew(started["uploadId"]).json()
    (file,) = renewed["files"]
    (arrived,), (link,) = file["parts"], file["partUploadUrls"]
    assert (arrived["PartNumber"], arrived["Size"], link["PartNumber"]) == (1, 6 * MIB, 2)
    assert (file["relativeKey"], file["fileSize"], file["partSize"]) == ("a.bin", len(data), 6 * MIB)
    rest = httpx.put(link["UploadUrl"], content=data[6 * MIB :], timeout=60).headers["ETag"]
    parts = [arrived, {"PartNumber": 2, "ETag": rest}]
    assert [part["ETag"] for part in vams.renew(started["uploadId"]).json()["files"][0]["parts"]] == [
        part["ETag"] for part in parts
    ]
    done = vams.complete(renewed["uploadId"], [file | {"parts": parts}])
    assert done.status_code == 200, done.text
    assert vams.download("a.bin") == data
    ended = vams.renew(started["uploadId"])
    assert (ended.status_code, "completed already" in ended.text) == (409, True)


def link_of_before(
    system: System, monkeypatch: pytest.MonkeyPatch, vams: VamsClient, file: Body, number: int
) -> str:
    """The link of a part as it was signed 16 minutes ago."""
    then = datetime.now(UTC) - timedelta(minutes=16)
    where: Body = {
        "Bucket": system.assets_bucket,
        "Key": f"{vams.database}/{vams.asset}/{file['relativeKey']}",
        "UploadId": file["uploadIdS3"],
        "PartNumber": number,
    }
    with monkeypatch.context() as earlier:
        earlier.setattr("botocore.auth.get_current_datetime", lambda: then.replace(tzinfo=None))
        url: str = signer(system).generate_presigned_url("upload_part", where, ExpiresIn=900)
    return url


def signer(system: System) -> Any:
    """Links are signed as those of the product are."""
    return boto3.client(
        "s3",
        endpoint_url=system.endpoint,
        region_name=REGION,
        aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
        config=Config(signature_version="s3v4", request_checksum_calculation="when_required"),
    )


def test_a_part_that_is_too_small_is_told_and_sent_again(vams: VamsClient) -> None:
    """Twelve MiB in three parts are two of five and one of two; who cuts them evenly is told."""
    started = vams.start([{"relativeKey": "a.bin", "file_size": 12 * MIB, "num_parts": 3}]).json()
    (file,) = started["files"]
    assert file["partSize"] == 5 * MIB
    sizes = {1: 4 * MIB, 2: 5 * MIB, 3: 2 * MIB}
    links = {link["PartNumber"]: link["UploadUrl"] for link in file["partUploadUrls"]}
    etags = {n: httpx.put(links[n], content=b"x" * sizes[n], timeout=60).headers["ETag"] for n in links}
    parts = [{"PartNumber": n, "ETag": etag} for n, etag in etags.items()]
    refused(vams.complete(started["uploadId"], [file | {"parts": parts}]), "part 1 has 4,194,304 bytes")
    (again,) = vams.renew(started["uploadId"]).json()["files"]
    assert [part["PartNumber"] for part in again["parts"]] == [2, 3]
    (link,) = again["partUploadUrls"]
    first = httpx.put(link["UploadUrl"], content=b"x" * again["partSize"], timeout=60).headers["ETag"]
    whole = [{"PartNumber": 1, "ETag": first}, *again["parts"]]
    done = vams.complete(started["uploadId"], [again | {"parts": whole}])
    assert done.status_code == 200, done.text
    assert vams.download("a.bin") == b"x" * 12 * MIB


def test_a_failed_file_is_left_out_and_the_others_come_through(vams: VamsClient) -> None:
    upload, (good, _failed) = vams.send({"good.txt": b"good", "failed.txt": b"x"})
    assert vams.complete(upload, [good]).json()["filesNotCompleted"] == ["failed.txt"]
    assert [item["relativeKey"] for item in vams.files()] == ["good.txt"]


def test_what_is_complete_is_the_newest_or_the_answer_says_what_is(vams: VamsClient) -> None:
    """S3 takes the upload that began last for the newest, whichever was completed last."""
    early, late = vams.send({"same.bin": TWO_PARTS}), vams.send({"same.bin": b"late"})
    assert vams.complete(*late).status_code == 200
    reply = vams.complete(*early)
    assert (reply.status_code, "something newer stands at 'same.bin'" in reply.text) == (409, True)
    assert vams.download("same.bin") == b"late"
    assert vams.complete(*early).json() == reply.json()
    mine = next(row["versionId"] for row in vams.history("same.bin") if row["size"] == len(TWO_PARTS))
    assert mine in reply.text
    vams.on_asset("POST", f"revertFileVersion/{mine}", {"filePath": "same.bin"})
    assert vams.download("same.bin") == TWO_PARTS


def test_an_upload_is_its_users_its_assets_and_ends_once(system: System, vams: VamsClient) -> None:
    upload, files = vams.send({"a.txt": b"one"})
    other = sign_in(system, "admin")
    other.database, other.asset = vams.database, vams.asset
    elsewhere = with_asset(system)
    body = {"databaseId": vams.database, "assetId": vams.asset}
    assert other.complete(upload, files).status_code == 404
    assert other.ask("POST", f"/uploads/{upload}/abort", body).status_code == 404
    assert elsewhere.complete(upload, files).status_code == 404
    assert vams.complete(str(uuid4()), files).status_code == 404
    assert vams.complete("nonsense", files).status_code == 404
    mine, _ = other.send({"a.txt": b"two"})
    refused(other.complete(mine, files), "another uploadIdS3")
    assert vams.files() == []
    assert vams.ok("POST", f"/uploads/{upload}/abort", body)["uploadId"] == upload
    assert vams.complete(upload, files).status_code == 409
    assert vams.files() == []


def test_a_link_takes_one_part_of_one_file_and_nothing_else(vams: VamsClient) -> None:
    started = vams.start([announced("two.bin", TWO_PARTS)]).json()
    url = started["files"][0]["partUploadUrls"][0]["UploadUrl"]
    wrong = [
        httpx.put(url.replace("partNumber=1", "partNumber=2"), content=b"x"),
        httpx.put(url.replace("two.bin", "other.bin"), content=b"x"),
        httpx.get(url),
    ]
    assert [reply.status_code for reply in wrong] == [403] * 3
    assert "X-Amz-Expires=900" in url


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ({"relativeKey": "../other/a.txt", "file_size": 1}, "relativeKey"),
        ({"relativeKey": "/etc/../../a.txt", "file_size": 1}, "relativeKey"),
        ({"relativeKey": "folder/", "file_size": 1}, "folder"),
        ({"relativeKey": "a.txt"}, "file_size"),
        ({"relativeKey": "a.txt", "file_size": -1}, "file_size"),
        ({"relativeKey": "a.txt", "file_size": 10, "num_parts": 2}, "send 1 parts or fewer"),
        ({"relativeKey": "a.txt", "file_size": 12 * MIB, "num_parts": 4}, "such as of 5,242,880 bytes"),
        ({"relativeKey": "a.txt", "file_size": 11 * 1024**3, "num_parts": 2}, "send 3 parts or more"),
        ({"relativeKey": "a.txt", "file_size": 5 * 1024**4 + 1, "num_parts": 5_000}, "file_size"),
        ({"relativeKey": "a.txt", "file_size": 5 * 1024**4, "num_parts": 10_001}, "num_parts"),
        ({"relativeKey": "a.txt", "file_size": "10"}, "file_size"),
    ],
)
def test_an_impossible_file_is_refused_by_name(vams: VamsClient, file: dict[str, object], says: str) -> None:
    reply = vams.start([file])
    assert (reply.status_code, says in reply.text) == (400, True), reply.text


def test_a_request_has_a_thousand_files_and_five_thousand_parts_at_most(vams: VamsClient) -> None:
    many = [{"relativeKey": f"{number}.txt", "file_size": 1} for number in range(1_001)]
    parts = [{"relativeKey": "a.bin", "num_parts": 5_001}]
    for files in (many, parts):
        reply = vams.start(files)
        assert (reply.status_code, "at most" in reply.text) == (413, True)
    # The links of such a name are more than a function may answer unpacked.
    reply = vams.start([{"relativeKey": f"{'long' * 230}.bin", "num_parts": 5_000}])
    assert reply.headers["Content-Encoding"] == "gzip"
    links = reply.json()["files"][0]["partUploadUrls"]
    assert [link["PartNumber"] for link in links] == list(range(1, 5_001))


def test_a_database_takes_only_its_extensions(system: System) -> None:
    vams = with_asset(system, restrictFileUploadsToExtensions=".glb, .TAR.gz")
    database = vams.ok("GET", f"/database/{vams.database}")
    assert database["restrictFileUploadsToExtensions"] == ".glb,.tar.gz"
    reply = vams.start([announced("a.GLB", b"x"), announced("b.exe", b"x")])
    assert (reply.status_code, "files.1.relativeKey" in reply.text) == (400, True)
    vams.upload({"a.GLB": b"x", "b.tar.gz": b"y"})


def test_two_who_send_one_key_at_once_leave_one_whole_object_and_both_in_its_history(
    vams: VamsClient,
) -> None:
    contents = [bytes([number]) * (PART + 1) for number in (1, 2)]
    uploads = [vams.send({"same.bin": data}) for data in contents]
    with ThreadPoolExecutor(2) as pool:
        replies = list(pool.map(lambda upload: vams.complete(*upload), uploads))
    codes = [reply.status_code for reply in replies]
    assert codes in ([200, 200], [409, 200]), "the first one began first: it may be the older one"
    assert vams.download("same.bin") == contents[1]
    history = [vams.download("same.bin", versionId=row["versionId"]) for row in vams.history("same.bin")]
    assert sorted(history) == contents


def test_one_upload_that_is_completed_twice_at_once_is_completed_once(vams: VamsClient) -> None:
    upload = vams.send({"once.bin": TWO_PARTS})
    with ThreadPoolExecutor(2) as pool:
        replies = list(pool.map(lambda _: vams.complete(*upload), range(2)))
    assert [reply.status_code for reply in replies] == [200, 200]
    assert replies[0].json() == replies[1].json()
    assert len(vams.history("once.bin")) == 1
