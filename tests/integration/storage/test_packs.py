"""Many small files in one pack: put in place at the completion, all or none, once."""

import hashlib
from typing import Any

import pytest

from tests.simulation.aws import Account
from tests.support.aws_faults import UNAVAILABLE, Calls
from tests.support.lambda_client import ask, user

WHO = user("editor", "editor")
ASSET = {"databaseId": "db1", "assetId": "a1"}
ABOUT = ASSET | {"uploadType": "assetFile"}
PATH = "/database/db1/assets/a1"
FILES = {"a.txt": b"one", "in/b.txt": b"two, too", "c.txt": b"3"}
PACKS = {"a.txt": 1, "in/b.txt": 1, "c.txt": 2}


@pytest.fixture(autouse=True)
def _asset(account: Account) -> None:
    ok("POST", "/database", {"databaseId": "db1", "description": "a database"})
    facts = {"assetName": "an asset", "description": "an asset", "isDistributable": True}
    ok("POST", "/assets", ASSET | facts)


def ok(method: str, path: str, body: Any = None, **how: Any) -> Any:
    answer = ask(WHO, method, path, body, **how)
    assert answer.status == 200, answer.body
    return answer.body


def refused(method: str, path: str, body: Any) -> tuple[int, str]:
    answer = ask(WHO, method, path, body)
    return answer.status, str(answer.body)


def announced(**more: Any) -> dict[str, Any]:
    files = [{"relativeKey": path, "file_size": len(FILES[path]), "pack": PACKS[path]} for path in FILES]
    return ABOUT | {"files": files} | more


def etag(body: bytes) -> str:
    return f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'


def body_of(pack: int) -> bytes:
    return b"".join(FILES[path] for path in FILES if PACKS[path] == pack)


def send(account: Account, started: Any, *packs: int) -> None:
    for pack in packs or (1, 2):
        account.manifests.put(f"packs/{started['uploadId']}/{pack}", body_of(pack), {})


def completion(*paths: str, **more: Any) -> dict[str, Any]:
    files = [{"relativeKey": path, "uploadIdS3": "packed", "parts": []} for path in paths or FILES]
    packs = [{"pack": pack, "ETag": etag(body_of(pack))} for pack in (1, 2)]
    return ABOUT | {"files": files, "packs": packs} | more


def complete(started: Any) -> str:
    return f"/uploads/{started['uploadId']}/complete"


def stored(account: Account) -> dict[str, list[bytes | None]]:
    """By path, all that was ever stored."""
    keys = account.assets.keys("db1/a1/", "")
    return {key.removeprefix("db1/a1/"): [one.body for one in account.assets.history(key)] for key in keys}


def test_the_files_of_packs_are_put_in_place(account: Account) -> None:
    started = ok("POST", "/uploads", announced())
    assert [(pack["pack"], pack["size"]) for pack in started["packs"]] == [(1, 11), (2, 1)]
    assert {file["uploadIdS3"] for file in started["files"]} == {"packed"}
    assert stored(account) == {}
    send(account, started)
    done = ok("POST", complete(started), completion())
    assert [row["uploadIdS3"] for row in done["fileResults"]] == ["packed"] * 3
    assert stored(account) == {path: [body] for path, body in FILES.items()}
    listed = {row["relativeKey"]: row["etag"] for row in ok("GET", f"{PATH}/listFiles")["items"]}
    assert listed == {path: etag(body).strip('"') for path, body in FILES.items()}
    assert ok("POST", complete(started), completion())["fileResults"] == done["fileResults"]
    assert stored(account) == {path: [body] for path, body in FILES.items()}


def test_a_file_that_is_not_named_is_given_up(account: Account) -> None:
    started = ok("POST", "/uploads", announced())
    send(account, started)
    assert ok("POST", complete(started), completion("in/b.txt"))["filesNotCompleted"] == ["a.txt", "c.txt"]
    assert stored(account) == {"in/b.txt": [FILES["in/b.txt"]]}


def test_packs_and_parts_go_together(account: Account) -> None:
    whole = {"relativeKey": "whole.bin", "file_size": 5, "num_parts": 1}
    body = announced()
    started = ok("POST", "/uploads", body | {"files": [whole, *body["files"]]})
    send(account, started)
    named = started["files"][0]["uploadIdS3"]
    reply = account.s3.upload_part("assets", "db1/a1/whole.bin", named, 1, b"whole")
    part = {
        "relativeKey": "whole.bin",
        "uploadIdS3": named,
        "parts": [{"PartNumber": 1, "ETag": reply["ETag"]}],
    }
    command = completion()
    ok("POST", complete(started), command | {"files": [part, *command["files"]]})
    assert set(stored(account)) == {"whole.bin", *FILES}


def test_fresh_links_tell_which_packs_have_arrived(account: Account) -> None:
    started = ok("POST", "/uploads", announced())
    send(account, started, 2)
    found = ok("POST", f"/uploads/{started['uploadId']}/links", ASSET)["packs"]
    assert [(pack["pack"], pack["ETag"]) for pack in found] == [(1, None), (2, etag(b"3"))]
    assert all(pack["UploadUrl"] for pack in found)


@pytest.mark.parametrize(
    ("sent", "more", "why"),
    [
        ((2,), {}, "comes in pack 1, which has not arrived"),
        ((1, 2), {"packs": [{"pack": 2, "ETag": etag(b"3")}]}, "pack 1, which is not named in packs"),
        ((1, 2), {"packs": [{"pack": n, "ETag": "other"} for n in (1, 2)]}, "is not that of what arrived"),
    ],
)
def test_a_pack_that_is_not_there_completes_nothing(
    account: Account, sent: tuple[int, ...], more: dict[str, Any], why: str
) -> None:
    started = ok("POST", "/uploads", announced())
    send(account, started, *sent)
    status, text = refused("POST", complete(started), completion(**more))
    assert status == 400
    assert why in text
    assert stored(account) == {}
    send(account, started)
    ok("POST", complete(started), completion())


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"file_size": 3, "num_parts": 1}, "files.0.num_parts"),
        ({"file_size": 0}, "files.0.file_size"),
        ({}, "files.0.file_size"),
        ({"file_size": 16 * 1024**2 + 1}, "pack 1 has 16,777,217 bytes"),
        ({"file_size": 3, "pack": 65}, "files.0.pack"),
    ],
)
def test_what_cannot_be_a_pack_is_refused(row: dict[str, Any], why: str) -> None:
    status, text = refused("POST", "/uploads", ABOUT | {"files": [{"relativeKey": "a", "pack": 1} | row]})
    assert status == 400
    assert why in text


def test_all_packs_of_an_upload_hold_so_much_together() -> None:
    files = [{"relativeKey": f"{n}", "file_size": 16 * 1024**2, "pack": n} for n in range(1, 6)]
    status, text = refused("POST", "/uploads", ABOUT | {"files": files})
    assert status == 413
    assert "64" in text or "67,108,864" in text


def test_only_files_of_an_asset_come_in_packs() -> None:
    row = {"relativeKey": "a.txt/preview/b", "file_size": 3, "pack": 1}
    status, text = refused("POST", "/uploads", ABOUT | {"uploadType": "auxiliaryPreview", "files": [row]})
    assert (status, "files.0.pack" in text) == (400, True)


@pytest.mark.usefixtures("no_pauses")
@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_completion_that_broke_off_is_finished_and_puts_nothing_twice(
    account: Account, calls: Calls, at: int
) -> None:
    started = ok("POST", "/uploads", announced())
    send(account, started)
    calls.fail(at, UNAVAILABLE, operation="PutObject")
    assert ask(WHO, "POST", complete(started), completion()).status >= 500
    assert len(stored(account)) < len(FILES)
    calls.clear()
    ok("POST", complete(started), completion())
    assert stored(account) == {path: [body] for path, body in FILES.items()}


@pytest.mark.usefixtures("no_pauses")
@pytest.mark.parametrize("at", [2, 3, 4])
def test_an_upload_that_is_done_and_not_on_record_as_done_puts_nothing_twice(
    account: Account, calls: Calls, at: int
) -> None:
    """Whichever write of the table fails, and also where a version has taken the files in by then."""
    started = ok("POST", "/uploads", announced())
    send(account, started)
    calls.fail(at, UNAVAILABLE, operation="TransactWriteItems")
    ask(WHO, "POST", complete(started), completion())
    calls.clear()
    ask(WHO, "POST", f"{PATH}/createVersion", {"allowEmpty": True})
    ok("POST", complete(started), completion())
    assert all(len(history) == 1 for history in stored(account).values())


def test_many_paths_cost_a_listing_in_place_of_a_question_each(account: Account, calls: Calls) -> None:
    rows = [{"relativeKey": f"{n:03}.txt", "file_size": 1, "pack": 1} for n in range(60)]
    started = ok("POST", "/uploads", ABOUT | {"files": rows})
    account.manifests.put(f"packs/{started['uploadId']}/1", b"x" * 60, {})
    account.assets.put("db1/a1/007.txt", b"before", {"Metadata": {}})
    named = [{"relativeKey": row["relativeKey"], "uploadIdS3": "packed", "parts": []} for row in rows]
    calls.clear()
    ok("POST", complete(started), ABOUT | {"files": named, "packs": [{"pack": 1, "ETag": etag(b"x" * 60)}]})
    counted = {name: calls.names.count(name) for name in ("HeadObject", "PutObject", "GetObject")}
    assert counted == {"HeadObject": 2, "PutObject": 60, "GetObject": 1}
    assert sum(name.startswith("ListObject") for name in calls.names) == 1
    assert len(calls.names) - sum(counted.values()) <= 1 + 14 + 2
