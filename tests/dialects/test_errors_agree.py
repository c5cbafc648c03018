"""One error of the core, shown in all five spellings: the dialects agree on what it is, each in its words."""

from collections.abc import Callable
from typing import Any

import pytest
from assetversions.dialects.autodesk_dm.errors import error as autodesk_dm
from assetversions.dialects.autodesk_vault.errors import error as autodesk_vault
from assetversions.dialects.common.http import Reply
from assetversions.dialects.disguise.errors import error as disguise
from assetversions.dialects.posta.errors import error as posta
from assetversions.dialects.vams.errors import error as vams
from assetversions.domain.errors import (
    AtWork,
    Busy,
    Conflict,
    Error,
    Forbidden,
    Invalid,
    NoRule,
    NotFound,
    TooMany,
)

SPELL: dict[str, Callable[[Exception], Reply]] = {
    "vams": vams,
    "posta": posta,
    "autodesk_dm": autodesk_dm,
    "autodesk_vault": autodesk_vault,
    "disguise": disguise,
}
NOT_FOUND = NotFound("asset", "engine")
ADVICE = "GET /database/{databaseId}/assets lists those that you may read; POST /assets makes one."
IN_POSTA = "No asset 'engine'. GET /posta/assets lists those that you may read."
IN_DATA_MANAGEMENT = (
    "No item 'engine'. GET /database/{databaseId}/assets/{assetId} tells its project and its item, "
    "as ids.autodesk_dm."
)
IN_VAULT = "No item 'engine'. GET /vaults/{vaultId}/items lists those that you may read."
CONFLICT = Conflict("Version 1 is deleted already.")
FORBIDDEN = Forbidden("You are not allowed to read here.")
NO_RULE = NoRule("You are not allowed to publish asset 'engine'.")
ASKING = (
    "You are not allowed to publish asset 'engine'. No rule allows it. "
    "GET /auth/me?databaseId=…&assetId=… tells what you may do there, and by which rule."
)
INVALID = Invalid("page", "must be a number.")

# (the core's error, dialect, status, what the body has at these places)
TABLE: list[tuple[Error, str, int, dict[str, Any]]] = [
    (NOT_FOUND, "vams", 404, {"message": f"No asset 'engine'. {ADVICE}"}),
    (NOT_FOUND, "posta", 404, {"title": "Not Found", "status": 404, "detail": IN_POSTA}),
    (NOT_FOUND, "autodesk_dm", 404, {"errors.0.status": "404", "errors.0.detail": IN_DATA_MANAGEMENT}),
    (NOT_FOUND, "autodesk_vault", 404, {"statusCode": 404, "detail": IN_VAULT}),
    (NOT_FOUND, "disguise", 404, {"error.message": "Content not found"}),
    (CONFLICT, "vams", 409, {"message": "Version 1 is deleted already."}),
    (CONFLICT, "posta", 409, {"status": 409, "detail": "Version 1 is deleted already."}),
    (CONFLICT, "autodesk_dm", 409, {"errors.0.status": "409", "errors.0.detail": CONFLICT.message}),
    (CONFLICT, "autodesk_vault", 409, {"statusCode": 409, "detail": CONFLICT.message}),
    (CONFLICT, "disguise", 409, {"error.message": CONFLICT.message}),
    (FORBIDDEN, "vams", 403, {"message": FORBIDDEN.message}),
    (FORBIDDEN, "posta", 403, {"status": 403, "detail": FORBIDDEN.message}),
    (FORBIDDEN, "autodesk_dm", 403, {"errors.0.status": "403", "errors.0.detail": FORBIDDEN.message}),
    (FORBIDDEN, "autodesk_vault", 403, {"statusCode": 403, "detail": FORBIDDEN.message}),
    (FORBIDDEN, "disguise", 403, {"error.message": FORBIDDEN.message}),
    (NO_RULE, "vams", 403, {"message": ASKING}),
    (NO_RULE, "posta", 403, {"status": 403, "detail": ASKING}),
    (NO_RULE, "autodesk_dm", 403, {"errors.0.status": "403", "errors.0.detail": ASKING}),
    (NO_RULE, "autodesk_vault", 403, {"statusCode": 403, "detail": ASKING}),
    (NO_RULE, "disguise", 403, {"error.message": ASKING}),
    (INVALID, "vams", 400, {"message": "page: must be a number."}),
    (INVALID, "posta", 400, {"status": 400, "errors": {"page": "must be a number."}}),
    (INVALID, "autodesk_dm", 400, {"errors.0.status": "400", "errors.0.detail": "page: must be a number."}),
    (INVALID, "autodesk_vault", 400, {"statusCode": 400, "detail": "page: must be a number."}),
    (INVALID, "disguise", 422, {"error.details": {"page": ["must be a number."]}}),
]


def at(body: Any, place: str) -> Any:
    for part in place.split("."):
        body = body[int(part)] if isinstance(body, list) else body[part]
    return body


@pytest.mark.parametrize(
    ("error", "dialect", "status", "shown"), TABLE, ids=lambda value: str(getattr(value, "code", value))[:30]
)
def test_an_error_of_the_core_is_the_same_in_every_dialect(
    error: Error, dialect: str, status: int, shown: dict[str, Any]
):
    reply = SPELL[dialect](error)
    assert reply.status == status
    assert {place: at(reply.body, place) for place in shown} == shown


def test_no_spelling_is_left_out():
    kinds = {NotFound, Conflict, Forbidden, NoRule, Invalid}
    assert {(type(error), dialect) for error, dialect, *_ in TABLE} == {(k, d) for k in kinds for d in SPELL}


@pytest.mark.parametrize("dialect", SPELL)
def test_what_nobody_expected_tells_nothing_of_the_inside(dialect: str):
    reply = SPELL[dialect](RuntimeError("a secret"))
    assert reply.status == 500
    assert "secret" not in str(reply.body)


@pytest.mark.parametrize("dialect", SPELL)
@pytest.mark.parametrize("kind", [Busy, AtWork, TooMany])
def test_what_may_be_sent_again_says_when(dialect: str, kind: type[Error]):
    reply = SPELL[dialect](kind("Too much at once."))
    assert reply.status == (503 if dialect == "vams" and kind is not TooMany else 429)
    assert reply.headers["Retry-After"] == "1"
