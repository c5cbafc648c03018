"""Where API tokens are: each with the others of its person, and beside that found by its UUID alone."""

from assetversions.storage.dynamodb.keys import PARTITION, SORT, TOKENS_PREFIX, Key

TOKEN_PREFIX = "TOKEN#"  # noqa: S105
# A request that comes with a UUID alone looks for its person here: no partition is read by all of them.
SHARES = "0123456789abcdef"


def tokens(person: str) -> str:
    """Where the API tokens of one person are."""
    return f"{TOKENS_PREFIX}{person}"


def api_token(person: str, token_id: str) -> Key:
    return {PARTITION: tokens(person), SORT: f"{TOKEN_PREFIX}{token_id}"}


def revision(person: str) -> Key:
    """Moves with each token that is made, changed or revoked."""
    return {PARTITION: tokens(person), SORT: "REVISION"}


def by_uuid(uuid: str) -> Key:
    """Tells the whole id of a token. Nobody is called so that these could be theirs: there is a space."""
    return {PARTITION: share(uuid[0]), SORT: uuid}


def share(digit: str) -> str:
    """Where those are whose UUID begins so."""
    return f"{TOKENS_PREFIX} UUID {digit}"
