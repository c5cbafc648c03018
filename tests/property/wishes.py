"""What may be asked for, sensible or not: commands of every operation that writes."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from assetversions.domain.commands.access import (
    CreateApiToken,
    DeleteMembership,
    DeleteRole,
    DeleteRule,
    PutMembership,
    PutRole,
    PutRule,
)
from assetversions.domain.commands.catalog import (
    ArchiveAsset,
    CreateAsset,
    CreateDatabase,
    DeleteSubscription,
    Subscribe,
    UnarchiveAsset,
    Unsubscribe,
    UpdateAsset,
    UpdateDatabase,
)
from assetversions.domain.commands.common import VersionRef
from assetversions.domain.commands.content import ExternalContent, InlineContent
from assetversions.domain.commands.files import (
    ArchiveFiles,
    UnarchiveFile,
)
from assetversions.domain.commands.history import VerifyVersion
from assetversions.domain.commands.versions import (
    ActivateVersion,
    AdjustVersion,
    ArchiveVersion,
    CloneVersion,
    CreateVersion,
    DeleteVersion,
    PublishVersion,
    RevertVersion,
    UnarchiveVersion,
    UpdateVersion,
)
from assetversions.domain.metadata import Metadatum, ValueType
from assetversions.domain.policy import Grant, PolicyRule
from assetversions.domain.variables import Behavior, Kind, Value, Variable
from hypothesis import strategies as st

from tests.property.refusals_machine import Caller
from tests.support import REF

PATHS = st.sampled_from(["a", "b", "d/a", "d/e/c", "D/a", "CON", "x" * 300, "d"])
FOLDERS = st.sampled_from(["d", "d/e/", "nowhere"])
BODIES = st.sampled_from([None, b"", b"x", b"yy"])
VERSIONS = st.sampled_from(
    [
        VersionRef(number=1),
        VersionRef(number=1),
        VersionRef(number=2),
        VersionRef(number=7),
        VersionRef(alias="gold"),
    ]
)
ALIASES = st.none() | st.sampled_from(["gold", "silver", ""])
OTHERS = st.none() | st.lists(st.sampled_from(["gold", "silver", "green"]), unique=True).map(tuple)
# Mostly no `If-Match`, and mostly a wrong one.
REVISIONS = st.sampled_from([None, None, None, 1, 2, 5])
FLAGS = st.booleans()
CONTENTS: st.SearchStrategy[Any] = st.none() | st.builds(
    InlineContent, st.sampled_from(["one", "two"]), st.just("text/plain"), st.just("b")
)
CONTENTS |= st.just(ExternalContent("https://example.com/film", "video/mp4"))
VARIABLES = st.sampled_from(
    [
        (),
        (Variable("size", Kind.VALUE, Behavior.PRESET, False),),
        (Variable("logo", Kind.ASSET, Behavior.PRESET, False, Value("unknown", 7)),),
    ]
)
METADATA = st.none() | st.just((Metadatum("color", "red", ValueType.STRING),))
NAMES = st.sampled_from(["ann", "bob", "cyd"])
ROLES = st.sampled_from(["ops", "crew"])
PEOPLE = st.frozensets(NAMES, min_size=1)
ASSETS_NAMED = st.sampled_from(["a1", "a1", "a2", "a3"])
DATABASES = st.sampled_from(["db1", "db1", "db2", "db3"])
INSTANTS = st.none() | st.integers(0, 500).map(
    lambda seconds: datetime(2026, 3, 15, 10, 30, tzinfo=UTC) + timedelta(seconds=seconds)
)
RULES = st.builds(
    PolicyRule,
    st.sampled_from(["r1", "r2"]),
    st.just("asset"),
    st.builds(lambda role: (Grant("allow", frozenset({"read"}), frozenset({role})),), ROLES),
)
CALLERS = st.builds(
    Caller,
    st.sampled_from([None] * 12 + ["read", "create", "update", "archive", "publish", "revert", "policy"]),
    st.sampled_from([None] * 10 + ["k1", "k2"]),
)

of_a_version = partial(st.builds, asset=st.just(REF), version=VERSIONS, expected_rev=REVISIONS)
of_the_asset = partial(st.builds, asset=st.just(REF))
of_subscribers = partial(st.builds, asset_id=ASSETS_NAMED, database_id=st.sampled_from(["db1", None, "db9"]))
# Requests that name nothing which only the store knows.
NEW_VERSIONS: list[st.SearchStrategy[Any]] = [
    of_the_asset(CreateVersion, alias=ALIASES),
    of_the_asset(
        CreateVersion,
        alias=ALIASES,
        as_of=INSTANTS,
        allow_empty=FLAGS,
        background=FLAGS,
        expected_rev=REVISIONS,
        revision=st.sampled_from([None, None, "B", "C"]),
        bump_revision=FLAGS,
    ),
    of_the_asset(CreateVersion, content=CONTENTS, variables=VARIABLES, open=FLAGS, expected_rev=REVISIONS),
]
ON_VERSIONS: list[st.SearchStrategy[Any]] = [
    of_a_version(
        UpdateVersion, alias=ALIASES, comment=st.none() | st.just("better"), protected=st.none() | FLAGS
    ),
    of_a_version(UpdateVersion, alias=ALIASES, other_aliases=OTHERS, move_alias=FLAGS),
    of_a_version(UpdateVersion, content=CONTENTS, variables=st.none() | VARIABLES),
    of_a_version(ArchiveVersion, keep_current=FLAGS),
    of_a_version(UnarchiveVersion),
    of_a_version(PublishVersion),
    of_a_version(DeleteVersion, keep_last=FLAGS, gone=FLAGS),
    of_a_version(CloneVersion, publish=FLAGS),
    of_a_version(
        RevertVersion,
        paths=st.sampled_from([(), (), ("a",), ("d/",), ("d",), ("nowhere",)]),
        skip_missing=FLAGS,
        background=FLAGS,
        metadata=FLAGS,
    ),
    of_a_version(ActivateVersion, background=FLAGS),
    of_a_version(AdjustVersion, comment=st.none() | st.just("better"), activate=FLAGS),
    of_the_asset(VerifyVersion, version=VERSIONS, background=FLAGS),
]
ON_FILES: list[st.SearchStrategy[Any]] = [
    of_the_asset(ArchiveFiles, path=PATHS, folder=st.just(False)),
    of_the_asset(ArchiveFiles, path=FOLDERS, folder=st.just(True)),
    of_the_asset(UnarchiveFile, path=PATHS),
    of_the_asset(UnarchiveFile, path=FOLDERS, folder=st.just(True)),
]
ON_ASSETS: list[st.SearchStrategy[Any]] = [
    of_the_asset(
        UpdateAsset,
        name=st.none() | st.just("another"),
        metadata=METADATA,
        primary=st.none() | PATHS,
        owner=st.none() | NAMES,
        expected_rev=REVISIONS,
    ),
    of_the_asset(ArchiveAsset, expected_rev=REVISIONS),
    of_the_asset(UnarchiveAsset, expected_rev=REVISIONS),
    of_the_asset(UnarchiveAsset),
    st.builds(
        CreateAsset,
        DATABASES,
        ASSETS_NAMED,
        st.just("name"),
        st.just("for tests"),
        st.just("none"),
        st.just(()),
        FLAGS,
        metadata=METADATA.map(lambda found: found or ()),
    ),
    st.builds(CreateDatabase, DATABASES, st.just("another"), bucket=st.sampled_from([None, "elsewhere"])),
    st.builds(UpdateDatabase, DATABASES, portable_names=st.none() | FLAGS),
]
ABOUT_PEOPLE: list[st.SearchStrategy[Any]] = [
    of_subscribers(Subscribe, subscribers=PEOPLE),
    of_subscribers(Unsubscribe, subscribers=PEOPLE),
    of_subscribers(DeleteSubscription),
    st.builds(PutRole, ROLES, st.just("on call"), FLAGS, FLAGS),
    st.builds(DeleteRole, ROLES),
    st.builds(PutMembership, NAMES, st.lists(ROLES, max_size=2).map(tuple), FLAGS),
    st.builds(DeleteMembership, NAMES),
    st.builds(PutRule, RULES, FLAGS),
    st.builds(DeleteRule, st.sampled_from(["r1", "r2"])),
    st.builds(CreateApiToken, st.just("ci"), st.none() | NAMES, st.none(), st.just(1)),
]
