"""`make deploy` ends with it: the console's files go into their bucket, the page that names them last."""

import mimetypes
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from infra.console_headers import BASE, PAGE, kept
from infra.deployed import outputs, session
from infra.settings import ROOT, check_deployable, from_file

BUILD = ROOT / "build" / "console"
# Who has the page open since then may still ask for a part of it that was not loaded yet.
OLD = timedelta(days=30)


def main(stage: str) -> None:
    settings = from_file(stage)
    check_deployable(stage, settings)
    if not settings.console:
        return
    where = session(stage)
    found = outputs(stage, where)
    put(where.client("s3"), found["ConsoleBucket"], BUILD)
    print(f"The console: {found['ConsoleUrl']}")


def put(s3: Any, bucket: str, build: Path) -> None:
    """All files of the build, then away with those of builds that nobody has open any more."""
    files = sorted(build.iterdir(), key=lambda file: file.name == PAGE)
    for file in files:
        s3.put_object(
            Bucket=bucket,
            Key=key(file.name),
            Body=file.read_bytes(),
            ContentType=content_type(file.name),
            CacheControl=kept(file.name),
        )
    current = {key(file.name) for file in files}
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for found in page.get("Contents", []):
            if found["Key"] not in current and datetime.now(UTC) - found["LastModified"] > OLD:
                s3.delete_object(Bucket=bucket, Key=found["Key"])


def key(name: str) -> str:
    return BASE.lstrip("/") + name


def content_type(name: str) -> str:
    """Browsers run a script, and use a style, only where its type says so."""
    if name.endswith(".mjs"):
        return "text/javascript"
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


if __name__ == "__main__":
    main(*sys.argv[1:])
