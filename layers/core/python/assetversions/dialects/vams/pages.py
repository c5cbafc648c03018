"""Where a list goes on, as all of VAMS's replies say it."""


def next_token(cursor: str | None) -> dict[str, str]:
    return {} if cursor is None else {"NextToken": cursor}
