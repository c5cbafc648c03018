"""How VAMS's replies show a list, and where it goes on."""

from typing import Any

from assetversions.dialects.common.http import Reply

Body = dict[str, Any]


def items(rows: list[Body], cursor: str | None) -> Reply:
    page = {"Items": rows} | next_token(cursor)
    return Reply(200, {"message": page} | page)


def next_token(cursor: str | None) -> dict[str, str]:
    return {} if cursor is None else {"NextToken": cursor}
