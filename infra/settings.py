"""What a stage says about itself in cdk.json, read strictly: a misspelt setting is refused, not ignored."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

ROOT = Path(__file__).resolve().parent.parent
# This machine's own stage, which nobody deploys.
LOCAL = "local"


def _shaped(pattern: str, what: str) -> AfterValidator:
    """Text of this pattern; who wrote another is told in words `what` it must be."""

    def check(text: str) -> str:
        if not re.fullmatch(pattern, text, re.ASCII):
            raise PydanticCustomError("shape", "must be {what}", {"what": what})
        return text

    return AfterValidator(check)


# The name becomes part of the names of functions (64 characters at most) and of a Cognito domain.
Name = Annotated[
    str,
    _shaped(r"[a-z][a-z0-9-]{0,15}", "at most 16 small letters, digits and hyphens, a letter first"),
]
Account = Annotated[str, _shaped(r"\d{12}", "the 12 digits of an AWS account")]
Region = Annotated[str, _shaped(r"[a-z]{2,3}(-[a-z]+)+-\d", "an AWS region, such as eu-central-1")]
Origin = Annotated[
    str,
    _shaped(
        r"https?://[a-z0-9.-]+(:\d+)?",
        "like https://studio.example.com: an origin has no path and no slash at its end",
    ),
]
DomainName = Annotated[str, _shaped(r"[a-z0-9-]+(\.[a-z0-9-]+)+", "a domain, such as assets.example.com")]
Certificate = Annotated[
    str,
    _shaped(r"arn:[a-z-]+:acm:[a-z0-9-]+:\d{12}:certificate/[\w-]+", "the ARN of a certificate of ACM"),
]
BasePath = Annotated[
    str, _shaped(r"([\w.-]+(/[\w.-]+)*)?", "a path without slashes around it, such as store/v1")
]
Table = Annotated[
    str, _shaped(r"[A-Za-z0-9_.-]{3,255}", "the name of a DynamoDB table: letters, digits, `_`, `.` and `-`")
]
Stream = Annotated[
    str,
    _shaped(
        r"arn:[a-z-]+:dynamodb:[a-z0-9-]+:\d{12}:table/[A-Za-z0-9_.-]{3,255}/stream/[0-9T:.-]+",
        "the ARN of a table's stream: the table's LatestStreamArn",
    ),
]
Bucket = Annotated[
    str,
    _shaped(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", "the name of a bucket, such as old-assets"),
]
Prefix = Annotated[
    str,
    _shaped(r"([A-Za-z0-9_.-]+/){0,8}", "a path of letters, digits, `_`, `.` and `-`, a slash at its end"),
]
Address = Annotated[
    str,
    _shaped(r"[\w.+-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+", "an address, such as versions@studio.example.com"),
]
VersionLink = Annotated[
    str,
    _shaped(
        r"https://[!-z|~]*(\{(databaseId|assetId|version)\}[!-z|~]*)+",
        "an https address with {databaseId}, {assetId} or {version} in it, and no other braces",
    ),
]
Pool = Annotated[str, _shaped(r"[\w-]+_[0-9A-Za-z]+", "the id of a user pool, such as eu-central-1_AbC123")]


class _Strict(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, alias_generator=to_camel, validate_by_name=True, validate_by_alias=True
    )


class Domain(_Strict):
    """A custom domain of the API; `base_path` is what stands before the routes, "" for none."""

    name: DomainName
    certificate_arn: Certificate
    base_path: BasePath = ""

    @property
    def url(self) -> str:
        return f"https://{self.name}/{self.base_path}".rstrip("/")

    @property
    def tokens_path(self) -> str:
        """The base path of the API that takes API tokens, below that of the other one."""
        return f"{self.base_path}/tokens".lstrip("/")

    @property
    def tokens_url(self) -> str:
        return f"https://{self.name}/{self.tokens_path}"


class Mail(_Strict):
    """Letters come from `sender`, an identity of SES; `version_link` is where people look at a version."""

    sender: Address
    version_link: VersionLink | None = None


class Vams(_Strict):
    """What VAMS's own clients take for granted."""

    # Its web pages send the ID token of a sign-in.
    id_tokens: bool = Field(default=False, strict=True)


class Posta(_Strict):
    """What Posta's own clients may ask for."""

    # Our functions fetch contents from public addresses that callers name.
    imports: bool = Field(default=False, strict=True)


class Attach(_Strict):
    """What exists already, a restored table for example, and is taken in place of a new one."""

    table: Table | None = None
    table_stream_arn: Stream | None = None
    assets_bucket: Bucket | None = None
    manifests_bucket: Bucket | None = None
    user_pool_id: Pool | None = None

    @model_validator(mode="after")
    def _whole_table(self) -> "Attach":
        if bool(self.table) != bool(self.table_stream_arn):
            raise ValueError("name both table and tableStreamArn, or neither: events come from the stream")
        return self


class Settings(_Strict):
    """One entry of `stages`."""

    log_retention_days: Literal[7, 14, 365]
    keep_data: bool = Field(strict=True)
    account: Account | None = None
    region: Region | None = None
    tags: dict[str, str] = {}
    domain: Domain | None = None
    cors_origins: tuple[Origin, ...] = ()
    attach: Attach = Attach()
    # What stands before `{databaseId}/` in the bucket of the assets.
    assets_prefix: Prefix = ""
    # An API token lives for so many days at most.
    api_token_days: int = Field(default=365, strict=True, ge=1, le=365)
    # A link to a file, or to a part of an upload, lives for so many minutes.
    link_minutes: int = Field(default=15, strict=True, ge=1, le=1_440)
    # So many jobs are at work at once, of one person and on one asset.
    jobs_per_person: int = Field(default=20, strict=True, ge=1, le=1_000)
    jobs_per_asset: int = Field(default=10, strict=True, ge=1, le=1_000)
    # Events that went out can be replayed for so many days; these accounts may subscribe to the bus.
    event_archive_days: int = Field(default=30, strict=True, ge=1, le=3_650)
    event_accounts: tuple[Account, ...] = ()
    # People who are subscribed to assets get mail; None for a stage that sends none.
    mail: Mail | None = None
    # Each kind of step that copies runs so often at once, and has the places for that to itself; None for
    # whatever the account has left: one that has few may reserve none of them.
    copies_at_once: int | None = Field(default=None, strict=True, ge=1, le=1_000)
    # All assets are reconciled, and again once the round before began so many days ago; None for never.
    reconcile_every_days: int | None = Field(default=None, strict=True, ge=1, le=365)
    vams: Vams = Vams()
    # Whether the stage has web pages for people, by CloudFront.
    console: bool = Field(default=True, strict=True)
    posta: Posta = Posta()
    # Whether others than our functions may write to the assets bucket.
    direct_writes: Literal["allowed", "denied"] = "allowed"

    @model_validator(mode="after")
    def _whole_place(self) -> "Settings":
        if bool(self.account) != bool(self.region):
            raise ValueError("name both account and region, or neither")
        return self

    @model_validator(mode="after")
    def _pages_where_cloudfront_is(self) -> "Settings":
        if self.console and (self.region or "").startswith("us-gov-"):
            raise ValueError("say console: false: GovCloud has no CloudFront to serve it")
        return self

    @model_validator(mode="after")
    def _own_bucket(self) -> "Settings":
        """An attached bucket has a policy of its own, which CloudFormation would replace."""
        if self.direct_writes == "denied" and self.attach.assets_bucket:
            raise ValueError("directWrites: denied takes a bucket of this stage, not one that is attached")
        return self


STAGES = TypeAdapter(dict[Name, Settings])


def read(name: object, stages: object) -> Settings:
    """The settings of the stage `name` among the `stages` of cdk.json, or an end that says what to mend."""
    try:
        known = STAGES.validate_python(stages)
    except ValidationError as error:
        raise SystemExit("\n".join(map(_sentence, error.errors()))) from None
    if name not in known:
        some = ", ".join(f"STAGE={one}" for one in known if one != LOCAL)
        raise SystemExit(f"There is no stage {name!r}. Say one of {some}, or add one to cdk.json.")
    return known[str(name)]


def from_file(name: str) -> Settings:
    """The same, straight from cdk.json, for commands that need no CDK."""
    return read(name, json.loads((ROOT / "cdk.json").read_text())["context"]["stages"])


def check_deployable(name: str, settings: Settings) -> None:
    """What keeps data has one place, and the stage of this machine none: a shell must not choose."""
    if name == LOCAL:
        raise SystemExit("Stage local is this machine's: `make run` serves it. Say STAGE=dev, for example.")
    if settings.keep_data and not settings.account:
        raise SystemExit(
            f"Stage {name} keeps data, so cdk.json must say where it lives: add "
            f'"account": "123456789012" and "region": "eu-central-1", say, to {name} under "stages".'
        )


def _sentence(problem: "ErrorDetails") -> str:
    where = ".".join(str(part) for part in ("stages", *problem["loc"]) if part != "[key]")
    unknown = problem["type"] == "extra_forbidden"
    what = (
        "nobody knows this setting, see infra/settings.py for those there are" if unknown else problem["msg"]
    )
    return f"cdk.json, {where}: {what}."
