"""Constraints, roles, user roles, API tokens and keys, and one's own access."""

from assetversions.dialects.common.schema import (
    FLAG,
    TEXT,
    TEXTS,
    Named,
    array,
    by_name,
    joined,
    maybe,
    one_of,
    shape,
    whole,
)
from assetversions.dialects.openapi.described import Described
from assetversions.dialects.vams.constraints import METHODS, OBJECT_TYPES, OPERATORS
from assetversions.dialects.vams.requests import api_keys, policy, tokens
from assetversions.dialects.vams.requests.common import Paging
from assetversions.dialects.vams.schemas.common import TIME, TRUE, page, said

CRITERION = Named(
    "Criterion",
    whole(field=TEXT, operator=one_of(*OPERATORS), value={"type": ["string", "array"], "items": TEXT}),
)
_PERMISSION = {"permission": one_of(*METHODS), "permissionType": one_of("allow", "deny")}
RULE = Named(
    "Constraint",
    whole(
        constraintId=TEXT,
        name=TEXT,
        description=TEXT,
        objectType=one_of(*OBJECT_TYPES),
        criteriaAnd=array(CRITERION),
        criteriaOr=array(CRITERION),
        groupPermissions=array(whole(groupId=TEXT, **_PERMISSION)),
        userPermissions=array(whole(userId=TEXT, **_PERMISSION)),
        evaluated=FLAG,
    ),
)
_SAID_RULE = said(RULE)
ONE_RULE = Named("OneConstraint", joined(_SAID_RULE, whole(constraint=RULE)))
_DONE = whole(success=TRUE, message=TEXT, operation=one_of("create", "update", "delete"), timestamp=TIME)
RULE_DONE = Named("ConstraintOperation", joined(_DONE, whole(constraintId=TEXT, constraint=RULE)))
ROLE = Named("Role", whole(roleName=TEXT, description=TEXT, mfaRequired=FLAG, createdOn=maybe(TIME)))
ROLE_DONE = Named("RoleOperation", joined(_DONE, ROLE))
MEMBERSHIP = Named(
    "UserRoles",
    whole(userId=TEXT, personId=TEXT, roleName=TEXTS, createdOn=maybe(TIME), mfaConfirmedOn=maybe(TIME)),
)
MEMBERSHIP_DONE = Named("UserRolesOperation", joined(_DONE, MEMBERSHIP))
EVENT = Named(
    "PolicyEvent",
    whole(
        eventId=TEXT,
        event=TEXT,
        subject=TEXT,
        timestamp=TIME,
        userId=TEXT,
        personId=TEXT,
        detail=by_name(maybe(TEXT)),
    ),
)
TOKEN = Named(
    "ApiToken",
    whole(
        tokenId=TEXT,
        name=TEXT,
        userId=TEXT,
        scopes=maybe(TEXTS),
        createdBy=TEXT,
        dateCreated=TIME,
        expiresAt=TIME,
        lastUsedAt=maybe(TIME),
    ),
)
KEY = Named(
    "ApiKey",
    whole(
        apiKeyId=maybe(TEXT),
        apiKeyName=TEXT,
        userId=TEXT,
        description=TEXT,
        isActive=one_of("true", "false"),
        expiresAt=TIME,
        createdBy=TEXT,
        createdAt=TIME,
        updatedAt=TIME,
    ),
)
CALLER = whole(userId=TEXT, personId=TEXT, kind=TEXT, roles=TEXTS, rolesWithoutMfa=TEXTS, scopes=maybe(TEXTS))
VERDICT = shape("allowed rule reason", allowed=FLAG, rule=maybe(TEXT), reason=TEXT, allowedRoles=TEXTS)
ME = Named(
    "Me",
    shape(
        " ".join([*CALLER["required"], "actingFor", "callers"]),
        **CALLER["properties"],
        actingFor=maybe(TEXT),
        callers=array(Named("Caller", CALLER)),
        api=joined(VERDICT, whole(route=TEXT)),
        asset=whole(databaseId=TEXT, assetId=TEXT, actions=by_name(Named("Verdict", VERDICT))),
    ),
)
_RULE = "/auth/constraints/{constraintId}"
_KEY = "/auth/api-keys/{apiKeyId}"
_RULE_BODY, _ROLE, _MEMBER = (policy.ConstraintBody,), (policy.RoleBody,), (policy.MembershipBody,)

ROUTES = {
    "GET /auth/constraints": Described(Named("ConstraintList", page(RULE)), Paging),
    "POST /auth/constraints": Described(RULE_DONE, body=_RULE_BODY),
    "PUT /auth/constraints": Described(RULE_DONE, body=_RULE_BODY, called="put_rule_of_body"),
    f"GET {_RULE}": Described(ONE_RULE),
    f"POST {_RULE}": Described(RULE_DONE, body=_RULE_BODY, called="post_rule"),
    f"PUT {_RULE}": Described(RULE_DONE, body=_RULE_BODY),
    f"DELETE {_RULE}": Described(RULE_DONE),
    "GET /auth/events": Described(Named("PolicyEventList", page(EVENT)), Paging),
    "GET /roles": Described(Named("RoleList", page(ROLE)), Paging),
    "POST /roles": Described(ROLE_DONE, body=_ROLE),
    "PUT /roles": Described(ROLE_DONE, body=_ROLE),
    "DELETE /roles/{roleId}": Described(ROLE_DONE),
    "GET /user-roles": Described(Named("UserRolesList", page(MEMBERSHIP)), Paging),
    "POST /user-roles": Described(MEMBERSHIP_DONE, body=_MEMBER),
    "PUT /user-roles": Described(MEMBERSHIP_DONE, body=_MEMBER),
    "DELETE /user-roles": Described(MEMBERSHIP_DONE, body=(policy.UserBody,)),
    "POST /api-tokens": Described(
        Named("ApiTokenCreated", joined(TOKEN, whole(token=TEXT, message=TEXT))), body=(tokens.TokenBody,)
    ),
    "GET /api-tokens": Described(Named("ApiTokenList", page(TOKEN)), tokens.TokensQuery),
    "DELETE /api-tokens/{tokenId}": Described(Named("ApiTokenRevoked", whole(tokenId=TEXT, message=TEXT))),
    "GET /auth/api-keys": Described(Named("ApiKeyList", page(KEY)), Paging, called="list_api_keys"),
    "POST /auth/api-keys": Described(
        Named("ApiKeyCreated", joined(KEY, whole(apiKey=TEXT))),
        body=(api_keys.NewKeyBody,),
        called="create_api_key",
    ),
    f"GET {_KEY}": Described(KEY, called="get_api_key"),
    f"PUT {_KEY}": Described(KEY, body=(api_keys.KeyBody,), called="update_api_key"),
    f"DELETE {_KEY}": Described(
        Named("ApiKeyDeleted", whole(apiKeyId=maybe(TEXT), message=TEXT)), called="delete_api_key"
    ),
    "GET /auth/me": Described(ME, tokens.MeQuery),
}
