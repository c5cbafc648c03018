"""`make demo`: a tour with real files that ends in a proof by SHA-256, and fails if anything differs."""

import hashlib
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
from rich.console import Console
from rich.table import Table
from rich.text import Text

from local import people
from local.aws import client
from local.emulator import ROOT
from local.token import environment

SAMPLE = ROOT / "local" / "sample"
SIDE_BY_SIDE = 8
ROWS_SHOWN = 20

Digests = dict[str, str]
# File names are data: a `[` in one is no markup.
console = Console(markup=False, highlight=False)


class Tour:
    """One new asset, and the steps of the tour on it."""

    def __init__(self, files: dict[str, Path]) -> None:
        names = environment()
        # The token in the file is an hour's; the system may have been running for longer.
        token = people.token(names["AWS_ENDPOINT_URL"], names["CLIENT_ID"], "editor")
        self._http = httpx.Client(
            base_url=names["API_URL"], headers={"Authorization": f"Bearer {token}"}, timeout=120
        )
        self._s3 = client("s3", names["AWS_ENDPOINT_URL"])
        self._bucket = names["ASSETS_BUCKET"]
        self._database = f"demo-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
        self._files = files

    def run(self) -> bool:
        """Every step; says whether version 1's bytes came back."""
        on_disk = {key: _sha256(path.open("rb")) for key, path in self._files.items()}
        with _step(f"Create database {self._database} and an asset in it"):
            self._create()
        with _step(f"Upload {len(on_disk)} files to s3://{self._bucket}/{self._prefix}"):
            self._upload()
        with _step("Create version 1 of what the bucket holds"):
            self._call("POST", "createVersion", {"comment": "As found on disk", "versionAlias": "first"})
        with _step("Change the files in the bucket"):
            changes = self._change()
        for change in changes:
            console.print(f"  {change}", soft_wrap=True)
        with _step("Create version 2"):
            self._call("POST", "createVersion", {"comment": "With changes"})
        changed = self._digests()
        self._show_versions()
        held = self._show_files_of("first")
        with _step("Revert to version 1"):
            self._call("POST", "revertAssetVersion/1", {"comment": "by the demo"})
        self._show_versions()
        if held != on_disk.keys():
            console.print("Version 1 does not list the files that were uploaded.", style="bold red")
            return False
        return _prove(on_disk, changed, self._digests())

    @property
    def _prefix(self) -> str:
        return f"{self._database}/{self._asset}/"

    def _create(self) -> None:
        about = {"databaseId": self._database, "description": "Made by make demo"}
        self._checked("POST", "/database", about)
        asset = {**about, "assetName": "Demo", "isDistributable": True, "tags": ["demo"]}
        self._asset = self._checked("POST", "/assets", asset)["assetId"]

    def _upload(self) -> None:
        def put(key: str) -> None:
            self._s3.upload_file(str(self._files[key]), self._bucket, self._prefix + key)

        with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
            list(pool.map(put, self._files))

    def _change(self) -> list[str]:
        """Change, delete and add a file in the bucket alone, and say which; a single file is not deleted."""
        smallest = min(self._files, key=lambda key: self._files[key].stat().st_size)
        self._put(smallest, self._files[smallest].read_bytes() + b"\nchanged by the demo\n")
        names = (f"added-{number}.txt" for number in range(len(self._files) + 1))
        added = next(name for name in names if name not in self._files)
        self._put(added, b"Not in version 1.\n")
        changes = [f"appended a line to {smallest}", f"added {added}"]
        if others := [key for key in self._files if key != smallest]:
            self._s3.delete_object(Bucket=self._bucket, Key=self._prefix + others[-1])
            changes.append(f"deleted {others[-1]}")
        return changes

    def _put(self, key: str, content: bytes) -> None:
        self._s3.put_object(Bucket=self._bucket, Key=self._prefix + key, Body=content)

    def _digests(self) -> Digests:
        """The SHA-256 of every file that the bucket holds now."""
        pages = self._s3.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=self._prefix)
        keys = [item["Key"] for page in pages for item in page.get("Contents", [])]
        with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
            digests = pool.map(self._digest, keys)
            return {key.removeprefix(self._prefix): found for key, found in zip(keys, digests, strict=True)}

    def _digest(self, key: str) -> str:
        return _sha256(self._s3.get_object(Bucket=self._bucket, Key=key)["Body"])

    def _show_versions(self) -> None:
        table = Table("version", "alias", "current", "files", "comment", "by", "created", title="Versions")
        for item in self._call("GET", "getVersions")["versions"]:
            facts = (item["Version"], item["versionAlias"] or "", "yes" if item["isCurrent"] else "")
            table.add_row(
                *facts, str(item["fileCount"]), item["comment"], item["createdBy"], item["dateCreated"]
            )
        console.print(table)

    def _show_files_of(self, version: str) -> set[str]:
        """Print what a version held, and return the paths of it all."""
        files: list[dict[str, Any]] = []
        token: dict[str, str] | None = {}
        while token is not None:
            page = self._call("GET", f"getVersion/{version}", params=token)
            files += page["files"]
            token = {"startingToken": page["NextToken"]} if "NextToken" in page else None
        table = Table("file", "bytes", "object version", "now", title="What version 1 held")
        for file in files[:ROWS_SHOWN]:
            now = "deleted" if file["isLatestVersionArchived"] else ""
            table.add_row(file["relativeKey"], f"{file['size']:,}", file["versionId"], now)
        if len(files) > ROWS_SHOWN:
            table.add_row(f"… and {len(files) - ROWS_SHOWN:,} more", "", "", "")
        console.print(table)
        return {file["relativeKey"] for file in files}

    def _call(self, method: str, action: str, body: Any = None, **how: Any) -> dict[str, Any]:
        path = f"/database/{self._database}/assets/{quote(self._asset)}/{action}"
        return self._checked(method, path, body, **how)

    def _checked(self, method: str, path: str, body: Any = None, **how: Any) -> dict[str, Any]:
        try:
            reply = self._http.request(method, path, json=body, **how)
        except httpx.TransportError as error:
            raise SystemExit(
                f"{self._http.base_url} does not answer ({error}). Start it with `make run`."
            ) from None
        if reply.is_error:
            raise SystemExit(f"{method} {path} answered {reply.status_code}: {reply.text}")
        return dict(reply.json())


def files_in(place: Path) -> dict[str, Path]:
    """A folder's files by their path in it, or a single file by its name."""
    if place.is_file():
        return {place.name: place}
    if not place.is_dir():
        raise SystemExit(f"There is no folder {place}. Name one: make demo FOLDER=path")
    files = {path.relative_to(place).as_posix(): path for path in sorted(place.rglob("*")) if path.is_file()}
    if not files:
        raise SystemExit(f"The folder {place} holds no files. Name one with some: make demo FOLDER=path")
    return files


def _prove(before: Digests, changed: Digests, after: Digests) -> bool:
    table = Table("file", "on disk", "version 2", "after the revert", title="SHA-256 of what differed")
    for key in sorted(before.keys() | changed.keys() | after.keys()):
        digests = [state.get(key, "") for state in (before, changed, after)]
        if len(set(digests)) > 1:
            table.add_row(key, *(digest[:12] or "–" for digest in digests))
    console.print(table)
    if before == after != changed:
        proof = "Proved: file for file, the bucket holds version 1's bytes again, and nothing else"
        console.print(f"{proof} (files compared: {len(after):,}).", style="bold green")
        return True
    wrong = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    problem = ", ".join(wrong) or "version 2 was no different"
    console.print(f"Not version 1's bytes: {problem}", style="bold red")
    return False


def _sha256(stream: Any) -> str:
    digest = hashlib.sha256()
    with stream:
        while piece := stream.read(1024 * 1024):
            digest.update(piece)
    return digest.hexdigest()


@contextmanager
def _step(title: str) -> Iterator[None]:
    begun = time.monotonic()
    with console.status(Text(title)):
        yield
    console.print(
        Text.assemble(("✓ ", "green"), title, (f"  {time.monotonic() - begun:.1f} s", "dim")), soft_wrap=True
    )


if __name__ == "__main__":
    chosen = Path(sys.argv[1]).expanduser() if len(sys.argv) > 1 else SAMPLE
    sys.exit(0 if Tour(files_in(chosen)).run() else 1)
