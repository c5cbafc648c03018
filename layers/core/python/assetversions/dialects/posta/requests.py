"""Posta requests into commands."""

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from assetversions.dialects.common.http import Body, NoQuery, Request, Whole, expected_rev, parse
from assetversions.dialects.posta.contents import ContentBody, new_content
from assetversions.dialects.posta.ids import asset_name, read_asset, version_ref
from assetversions.domain import names
from assetversions.domain.commands.catalog import GetAsset, ListAllAssets
from assetversions.domain.commands.common import AssetName, Page, VersionRef
from assetversions.domain.commands.jobs import GetJob
from assetversions.domain.commands.versions import (
    ArchiveVersion,
    CloneVersion,
    CreateVersion,
    DeleteVersion,
    Expansion,
    GetVersion,
    ListVersions,
    PublishVersion,
    ResolveVariables,
    UpdateVersion,
)
from assetversions.domain.errors import Unprocessable
from assetversions.domain.variables import Behavior, Given, Kind, Value, Variable, check_definitions

# Inferred, each of them: Posta's page says only that one has at most 100 items.
DEFAULT_PAGE, MAX_PAGE = 25, 100
DEFAULT_BEHAVIOR = Behavior.OPTIONAL
MAX_VARIABLES = 200
MAX_VALUE = 10_000
SHOWN = frozenset({Expansion.VARIABLES, Expansion.LINKS})

Notes = Annotated[str, Field(max_length=255)]
Short = Annotated[str, Field(max_length=512)]
Name = Annotated[str, Field(min_length=1, max_length=64)]


class PageQuery(NoQuery):
    pageSize: Whole = Field(DEFAULT_PAGE, ge=1, le=MAX_PAGE)
    nextToken: str | None = None

    def page(self) -> Page:
        return Page(self.pageSize, self.nextToken or None, "nextToken")


class ListQuery(PageQuery):
    includeArchived: bool = False


class VariableBody(Body):
    name: Name
    type: Literal["value", "asset", "externalUrl"] | None = None
    behavior: Literal["optional", "required", "preset", "overridablePreset"] | None = None
    allowEmpty: bool | None = None
    presetValue: Short | None = None
    sampleValue: Short | None = None


class VersionBody(Body):
    notes: Notes | None = None
    content: ContentBody | None = None
    variableDefinitions: list[VariableBody] | None = Field(None, max_length=MAX_VARIABLES)


class CreateBody(VersionBody):
    publish: bool = False


class UpdateBody(VersionBody):
    publish: bool = False

    @model_validator(mode="after")
    def _at_least_one(self) -> "UpdateBody":
        if self.notes is None and self.content is None and self.variableDefinitions is None:
            raise ValueError("give notes, content or variableDefinitions")
        return self


class CloneBody(Body):
    notes: Notes | None = None
    publish: bool = False


class GivenBody(Body):
    name: Name
    value: Annotated[str, Field(max_length=MAX_VALUE)] | None = None


class ResolveBody(Body):
    variables: list[GivenBody] = Field([], max_length=MAX_VARIABLES)
    validationScope: Literal["all", "none"] | None = None


def list_versions(request: Request) -> ListVersions:
    query = parse(ListQuery, request.query)
    return ListVersions(_asset(request), query.page(), archived=query.includeArchived, expand=SHOWN)


def list_assets(request: Request) -> ListAllAssets:
    return ListAllAssets(parse(PageQuery, request.query).page(), standing=True)


def get_asset(request: Request) -> GetAsset:
    parse(NoQuery, request.query)
    return GetAsset(_asset(request), standing=True)


def get_version(request: Request) -> GetVersion:
    """A deleted one is shown as such, and an open draft with its text: what is read can be sent back."""
    parse(NoQuery, request.query)
    shown = SHOWN | {Expansion.TEXT}
    return GetVersion(_asset(request), _version(request), page=None, expand=shown, deleted=True)


def create_version(request: Request) -> CreateVersion:
    """A draft may be without content at first: an update gives it some."""
    parse(NoQuery, request.query)
    body = parse(CreateBody, request.json())
    return CreateVersion(
        asset=_asset(request),
        comment=body.notes or "",
        content=new_content(body.content),
        variables=_variables(body.variableDefinitions or []),
        open=True,
        publish=body.publish,
        allow_empty=True,
        expected_rev=expected_rev(request),
    )


def update_version(request: Request) -> UpdateVersion:
    body = parse(UpdateBody, request.json())
    if body.publish:
        raise Unprocessable({"publish": "an update publishes nothing; POST to …/publish does."})
    definitions = body.variableDefinitions
    return UpdateVersion(
        **_target(request),
        drafts_only=True,
        comment=body.notes,
        content=new_content(body.content),
        variables=None if definitions is None else _variables(definitions),
    )


def publish_version(request: Request) -> PublishVersion:
    return PublishVersion(**_target(request))


def archive_version(request: Request) -> ArchiveVersion:
    return ArchiveVersion(**_target(request))


def delete_version(request: Request) -> DeleteVersion:
    return DeleteVersion(**_target(request))


def clone_version(request: Request) -> CloneVersion:
    body = parse(CloneBody, request.json())
    return CloneVersion(**_target(request), comment=body.notes or "", publish=body.publish)


def resolve_variables(request: Request) -> ResolveVariables:
    """`validationScope` none takes the values as they are."""
    parse(NoQuery, request.query)
    body = parse(ResolveBody, request.json())
    given = tuple(Given(one.name, _value(one.value)) for one in body.variables)
    evaluate = body.validationScope != "none"
    return ResolveVariables(_asset(request), _version(request), given, evaluate)


def get_job(request: Request) -> GetJob:
    """`jobId` as the answer that left something to the job has it in its `Location`."""
    parse(NoQuery, request.query)
    return GetJob(_asset(request), names.policy_name(request.path["jobId"], "jobId"))


def _variables(bodies: list[VariableBody]) -> tuple[Variable, ...]:
    variables = tuple(
        Variable(
            name=body.name,
            kind=Kind(body.type or Kind.VALUE),
            behavior=Behavior(body.behavior or DEFAULT_BEHAVIOR),
            allow_empty=body.allowEmpty or False,
            preset=_value(body.presetValue),
            sample=body.sampleValue,
        )
        for body in bodies
    )
    check_definitions(variables)
    return variables


def _value(text: str | None) -> Value | None:
    return None if text is None else Value(text, read_asset(text))


def _target(request: Request) -> dict[str, Any]:
    parse(NoQuery, request.query)
    return {
        "asset": _asset(request),
        "version": _version(request),
        "expected_rev": expected_rev(request),
    }


def _asset(request: Request) -> AssetName:
    return asset_name(request.path["assetId"])


def _version(request: Request) -> VersionRef:
    return version_ref(request.path["versionId"])
