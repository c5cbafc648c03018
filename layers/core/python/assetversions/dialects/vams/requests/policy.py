"""VAMS requests about constraints, roles and user roles into commands."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from assetversions.dialects.common.http import Body, Request, parse
from assetversions.dialects.vams import constraints
from assetversions.dialects.vams.requests.common import Paging
from assetversions.domain import names
from assetversions.domain.commands.access import (
    DeleteMembership,
    DeleteRole,
    DeleteRule,
    GetRule,
    ListMemberships,
    ListPolicyEvents,
    ListRoles,
    ListRules,
    PutMembership,
    PutRole,
    PutRule,
)
from assetversions.domain.errors import Invalid, TooLarge
from assetversions.domain.policy import Criterion, Grant, PolicyRule

# A rule is one item of the table, and stands twice in its audit.
MAX_RULE_BYTES = 100_000

MAX_TEXT = 10_000
MAX_TEXTS = 200

OneText = Annotated[str, Field(min_length=1, max_length=MAX_TEXT)]
Description = Annotated[str, Field(max_length=256)]
Method = Literal["GET", "PUT", "POST", "DELETE"]


class CriterionBody(Body):
    field: str
    operator: str
    value: str | list[str]

    @field_validator("value", mode="plain", json_schema_input_type=OneText | list[OneText])
    @classmethod
    def _texts(cls, value: Any) -> str | list[str]:
        texts: list[Any] = value if isinstance(value, list) else [value]
        fits = all(isinstance(text, str) and 1 <= len(text) <= MAX_TEXT for text in texts)
        if not fits or not 1 <= len(texts) <= MAX_TEXTS:
            raise ValueError(
                f"must be a text of 1 to {MAX_TEXT:,} characters, or a list of up to {MAX_TEXTS}"
            )
        return value  # type: ignore[no-any-return]


class GroupPermission(Body):
    groupId: str
    permission: Method
    permissionType: Literal["allow", "deny"]


class UserPermission(Body):
    userId: str
    permission: Method
    permissionType: Literal["allow", "deny"]


Criteria = Annotated[list[CriterionBody], Field(max_length=50)]


class ConstraintBody(Body):
    identifier: str | None = None
    constraintId: str | None = None
    name: str | None = Field(None, max_length=256)
    description: Description = ""
    objectType: str
    criteriaAnd: Criteria = Field([])
    criteriaOr: Criteria = Field([])
    groupPermissions: list[GroupPermission] = Field([], max_length=500)
    userPermissions: list[UserPermission] = Field([], max_length=500)


class RoleBody(Body):
    roleName: str
    description: Description
    mfaRequired: bool = False


class MembershipBody(Body):
    userId: str
    roleName: list[str] = Field(min_length=1, max_length=100)
    mfaConfirmed: bool | None = None


class UserBody(Body):
    userId: str


def list_rules(request: Request) -> ListRules:
    return ListRules(parse(Paging, request.query).page())


def get_rule(request: Request) -> GetRule:
    return GetRule(_rule_id(request))


def create_rule(request: Request) -> PutRule:
    return PutRule(_rule(request), new=True)


def put_rule(request: Request) -> PutRule:
    return PutRule(_rule(request), new=False)


def delete_rule(request: Request) -> DeleteRule:
    return DeleteRule(_rule_id(request))


def list_roles(request: Request) -> ListRoles:
    return ListRoles(parse(Paging, request.query).page())


def create_role(request: Request) -> PutRole:
    return _role(request, new=True)


def update_role(request: Request) -> PutRole:
    return _role(request, new=False)


def delete_role(request: Request) -> DeleteRole:
    return DeleteRole(names.role_name(request.path["roleId"], "roleId"))


def list_memberships(request: Request) -> ListMemberships:
    return ListMemberships(parse(Paging, request.query).page())


def add_membership(request: Request) -> PutMembership:
    return _membership(request, keep=True)


def put_membership(request: Request) -> PutMembership:
    return _membership(request, keep=False)


def delete_membership(request: Request) -> DeleteMembership:
    return DeleteMembership(names.policy_name(parse(UserBody, request.json()).userId, "userId"))


def list_policy_events(request: Request) -> ListPolicyEvents:
    return ListPolicyEvents(parse(Paging, request.query).page())


def _rule(request: Request) -> PolicyRule:
    if len(request.body.encode()) > MAX_RULE_BYTES:
        raise TooLarge(f"A constraint may have {MAX_RULE_BYTES:,} bytes at most; make several of it.")
    body = parse(ConstraintBody, request.json())
    if body.objectType not in constraints.OBJECT_TYPES:
        known = ", ".join(constraints.OBJECT_TYPES)
        raise Invalid("objectType", f"'{body.objectType}' is not one of: {known}.")
    rule_id = names.policy_name(_identifier(request, body), "identifier")
    if not body.criteriaAnd and not body.criteriaOr:
        raise Invalid("criteriaAnd", "or criteriaOr must have at least one criterion.")
    grants = _grants(body)
    if not grants:
        raise Invalid("groupPermissions", "or userPermissions must have at least one permission.")
    return PolicyRule(
        rule_id=rule_id,
        tier=body.objectType,
        grants=grants,
        conditions=_criteria(body, "criteriaAnd", body.criteriaAnd),
        any_of=_criteria(body, "criteriaOr", body.criteriaOr),
        name=rule_id if body.name is None else body.name,
        description=body.description,
    )


def _rule_id(request: Request) -> str:
    return names.policy_name(request.path["constraintId"], "constraintId")


def _identifier(request: Request, body: ConstraintBody) -> str:
    """The id in the path, or `identifier` or `constraintId` in the body; the same wherever it is given."""
    given = (request.path.get("constraintId"), body.identifier, body.constraintId)
    found = {name for name in given if name is not None}
    if len(found) != 1:
        raise Invalid("identifier", "must be there, and the same wherever it is given.")
    return found.pop()


def _criteria(body: ConstraintBody, where: str, rows: Sequence[CriterionBody]) -> tuple[Criterion, ...]:
    return tuple(
        constraints.criterion(body.objectType, f"{where}.{index}", row.field, row.operator, row.value)
        for index, row in enumerate(rows)
    )


def _grants(body: ConstraintBody) -> tuple[Grant, ...]:
    """One grant for each subject and effect."""
    methods: dict[tuple[str, str, str], list[str]] = {}
    for index, group in enumerate(body.groupPermissions):
        name = names.role_name(group.groupId, f"groupPermissions.{index}.groupId")
        methods.setdefault(("roles", name, group.permissionType), []).append(group.permission)
    for index, user in enumerate(body.userPermissions):
        name = names.policy_name(user.userId, f"userPermissions.{index}.userId")
        methods.setdefault(("users", name, user.permissionType), []).append(user.permission)
    return tuple(
        constraints.grant(body.objectType, effect, subject, name, granted)
        for (subject, name, effect), granted in methods.items()
    )


def _role(request: Request, *, new: bool) -> PutRole:
    body = parse(RoleBody, request.json())
    name = names.role_name(body.roleName, "roleName")
    return PutRole(name, body.description, body.mfaRequired, new)


def _membership(request: Request, *, keep: bool) -> PutMembership:
    body = parse(MembershipBody, request.json())
    roles = tuple(names.role_name(role, f"roleName.{index}") for index, role in enumerate(body.roleName))
    return PutMembership(names.policy_name(body.userId, "userId"), roles, keep, body.mfaConfirmed)
