"""The same `Idempotency-Key` gets the same reply, and the work is done once (Powertools, same table)."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

from aws_lambda_powertools.utilities.idempotency import (
    DynamoDBPersistenceLayer,
    IdempotencyConfig,
    idempotent_function,
)
from aws_lambda_powertools.utilities.idempotency.exceptions import (
    IdempotencyAlreadyInProgressError,
    IdempotencyValidationError,
)

from assetversions.dialects.common.http import Reply, Request
from assetversions.domain.errors import Conflict, Invalid, KeyReused
from assetversions.runtime import wiring
from assetversions.storage.dynamodb import keys

HEADER = "idempotency-key"
KEEP_SECONDS = 24 * 3600


def once(request: Request, user: str, route_key: str, context: Any, work: Callable[[], Reply]) -> Reply:
    """Do the work, or give the reply it had; KeyReused if the key came with another request before."""
    key = request.headers[HEADER]
    if not 1 <= len(key) <= 255 or not key.isprintable():
        raise Invalid("Idempotency-Key", "must have 1 to 255 printable characters.")

    def replayable(payload: dict[str, Any]) -> dict[str, Any]:
        reply = work()
        return {"status": reply.status, "body": json.dumps(reply.body), "headers": dict(reply.headers)}

    config = IdempotencyConfig(
        event_key_jmespath="key",
        payload_validation_jmespath="request",
        hash_function="sha256",
        expires_after_seconds=KEEP_SECONDS,
        lambda_context=context,
    )
    guarded = idempotent_function(
        replayable,
        data_keyword_argument="payload",
        persistence_store=_store(),
        config=config,
        key_prefix=route_key,
    )
    condition = request.headers.get("if-match")
    payload = {"key": [user, key], "request": [dict(request.path), condition, request.json()]}
    try:
        saved = guarded(payload=payload)
    except IdempotencyValidationError as error:
        raise KeyReused("Idempotency-Key: this key came with another request before.") from error
    except IdempotencyAlreadyInProgressError as error:
        raise Conflict("Idempotency-Key: the first request with this key is still at work.") from error
    return Reply(saved["status"], json.loads(saved["body"]), saved["headers"])


@cache
def _store() -> DynamoDBPersistenceLayer:
    return DynamoDBPersistenceLayer(
        table_name=wiring.table_name(),
        key_attr=keys.PARTITION,
        sort_key_attr=keys.SORT,
        static_pk_value=keys.IDEMPOTENCY,
        expiry_attr=keys.EXPIRES,
        boto3_client=wiring.idempotency_client(),
    )
