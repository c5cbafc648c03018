"""VAMS requests about tags and their types into commands; its command line wraps several in a list."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from assetversions.dialects.common.http import Body, Request, parse
from assetversions.dialects.vams.requests.common import Paging, check_once
from assetversions.domain import names
from assetversions.domain.commands.tags import (
    DeleteTag,
    DeleteTagType,
    ListTags,
    ListTagTypes,
    PutTags,
    PutTagTypes,
)
from assetversions.domain.errors import Invalid
from assetversions.domain.tags import Tag, TagType

# How VAMS's lists mark a required type, behind its name.
REQUIRED = " [R]"
MAX_AT_ONCE = 100

TRUTH = {"anyOf": [{"type": "boolean"}, {"type": "string", "pattern": "^([Tt]rue|[Ff]alse)$"}]}
Description = Annotated[str, Field(max_length=256)]


def _truth(value: object) -> object:
    """VAMS has it as a text."""
    texts = {"true": True, "false": False}
    return texts.get(value.lower(), value) if isinstance(value, str) else value


class TagBody(Body):
    tagName: str
    description: Description = ""
    tagTypeName: str


class TagTypeBody(Body):
    tagTypeName: str
    description: Description = ""
    required: Annotated[bool, BeforeValidator(_truth), WithJsonSchema(TRUTH)] = False


class TagsBody(Body):
    tags: list[TagBody] = Field(min_length=1, max_length=MAX_AT_ONCE)


class TagTypesBody(Body):
    tagTypes: list[TagTypeBody] = Field(min_length=1, max_length=MAX_AT_ONCE)


def list_tags(request: Request) -> ListTags:
    return ListTags(parse(Paging, request.query).page())


def list_tag_types(request: Request) -> ListTagTypes:
    return ListTagTypes(parse(Paging, request.query).page())


def create_tags(request: Request) -> PutTags:
    return PutTags(_tags(request), new=True)


def update_tags(request: Request) -> PutTags:
    return PutTags(_tags(request), new=False)


def create_tag_types(request: Request) -> PutTagTypes:
    return PutTagTypes(_types(request), new=True)


def update_tag_types(request: Request) -> PutTagTypes:
    return PutTagTypes(_types(request), new=False)


def delete_tag(request: Request) -> DeleteTag:
    return DeleteTag(names.policy_name(request.path["tagId"], "tagId"))


def delete_tag_type(request: Request) -> DeleteTagType:
    return DeleteTagType(names.policy_name(request.path["tagTypeId"], "tagTypeId"))


def _tags(request: Request) -> tuple[Tag, ...]:
    rows = parse(TagsBody, _wrapped(request, "tags")).tags
    check_once((row.tagName for row in rows), "tags", "tagName")
    return tuple(
        Tag(
            names.policy_name(row.tagName, "tagName"),
            row.description,
            names.policy_name(row.tagTypeName.removesuffix(REQUIRED), "tagTypeName"),
        )
        for row in rows
    )


def _types(request: Request) -> tuple[TagType, ...]:
    rows = parse(TagTypesBody, _wrapped(request, "tagTypes")).tagTypes
    check_once((row.tagTypeName for row in rows), "tagTypes", "tagTypeName")
    for row in rows:
        if row.tagTypeName.endswith(REQUIRED):
            raise Invalid("tagTypeName", f"must not end in '{REQUIRED}': so lists mark a required one.")
    return tuple(
        TagType(names.policy_name(row.tagTypeName, "tagTypeName"), row.description, row.required)
        for row in rows
    )


def _wrapped(request: Request, field: str) -> Any:
    """One by itself stands for a list of one."""
    body = request.json()
    return body if isinstance(body, dict) and field in body else {field: [body]}
