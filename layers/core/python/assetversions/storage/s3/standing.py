"""Which of many keys may have an object: a short listing tells it of all where little or nothing stands."""

from collections.abc import Collection
from typing import Any

# A listing of a thousand rows takes about as long as so many HEADs.
HEADS_A_PAGE = 50


def standing(client: Any, bucket: str, prefix: str, keys: Collection[str]) -> set[str]:
    """Those that are there, and all that come behind where the listing became longer than it is worth."""
    begin = {"StartAfter": min(keys)[:-1]}
    last, end = max(keys), ""
    found: set[str] = set()
    for _ in range(len(keys) // HEADS_A_PAGE):
        reply = client.list_objects_v2(Bucket=bucket, Prefix=prefix, **begin)
        rows = [row["Key"] for row in reply.get("Contents", [])]
        found.update(rows)
        if not reply["IsTruncated"] or rows[-1] >= last:
            return found.intersection(keys)
        end = rows[-1]
        begin = {"ContinuationToken": reply["NextContinuationToken"]}
    return {key for key in keys if key in found or key > end}
