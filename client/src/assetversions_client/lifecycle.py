"""What becomes of versions: names, states, restores, proofs."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct, field

from assetversions_client.http import Http
from assetversions_client.wire import AssetRef, Body, Number, step


class Outcome(Body, frozen=True):
    """What was done; where `operation_id` is there, a job is at work on it still."""

    asset_version_id: Number | None = None
    operation_id: str | None = None
    skipped_files: list[str] | None = None
    skipped_reasons: dict[str, str] | None = None


class Paths(Body, frozen=True):
    """How many, and the first thousand."""

    count: int = 0
    files: list[str] = field(default_factory=list)


class RevertPlan(Body, frozen=True):
    """What a revert would do; `missing` are those that can't be copied."""

    copy: Paths = Paths()
    delete: Paths = Paths()
    missing: Paths = Paths()


class Planned(Body, frozen=True):
    plan: RevertPlan
    bytes_to_copy: int = 0
    missing_reasons: dict[str, str] = field(default_factory=dict)


class Verification(Body, frozen=True):
    """Whether all is there as it was; the lists have the first hundred."""

    intact: bool = False
    checked_files: int = 0
    wrong_files: int = 0
    missing: list[str] = field(default_factory=list)
    altered: list[str] = field(default_factory=list)
    damaged_manifest_parts: list[str] = field(default_factory=list)


class VerificationOutcome(Verification, frozen=True):
    """The proof, or the job that makes it."""

    operation_id: str | None = None


class Wanted(Struct, frozen=True):
    """Which files a revert is about, and how."""

    paths: Sequence[str] = ()
    skip_missing: bool = False
    metadata: bool = False
    comment: str = ""

    def body(self) -> dict[str, Any]:
        wanted: dict[str, Any] = {"skipMissing": self.skip_missing, "revertMetadata": self.metadata}
        wanted |= {"comment": self.comment} if self.comment else {}
        return wanted | ({"paths": list(self.paths)} if self.paths else {})


class Lifecycle:
    """The versions of one asset, to do something to."""

    def __init__(self, http: Http, ref: AssetRef) -> None:
        self._http = http
        self._ref = ref

    def set_aliases(
        self, version: str, aliases: Sequence[str], *, move: bool = False, rev: int | None = None
    ) -> Outcome:
        """These, and no others; with `move` also such as another version has."""
        return self._update(version, {"versionAliases": list(aliases), "moveAlias": move}, rev)

    def set_comment(self, version: str, comment: str) -> Outcome:
        return self._update(version, {"comment": comment})

    def protect(self, version: str, protected: bool) -> Outcome:
        return self._update(version, {"isProtected": protected})

    def publish(self, version: str) -> Outcome:
        return self._do(version, "publish", {})

    def archive(self, version: str) -> Outcome:
        return self._do(version, "archive", {})

    def unarchive(self, version: str) -> Outcome:
        return self._do(version, "unarchive", {})

    def activate(self, version: str) -> Outcome:
        return self._do(version, "activate", {})

    def clone(self, version: str, comment: str = "") -> Outcome:
        return self._do(version, "clone", {"comment": comment} if comment else {})

    def delete(self, version: str) -> Outcome:
        return self._http.write("DELETE", self._version(version), None, Outcome)

    def verify(self, version: str) -> VerificationOutcome:
        return self._http.write("POST", f"{self._version(version)}/verify", {}, VerificationOutcome)

    def revert(self, version: str, wanted: Wanted) -> Outcome:
        return self._http.write("POST", self._revert(version), wanted.body(), Outcome)

    def plan_revert(self, version: str, wanted: Wanted) -> Planned:
        """What that would do; nothing is changed."""
        return self._http.write("POST", self._revert(version), wanted.body() | {"dryRun": True}, Planned)

    def _do(self, version: str, what: str, body: dict[str, Any]) -> Outcome:
        return self._http.write("POST", f"{self._version(version)}/{what}", body, Outcome)

    def _update(self, version: str, body: dict[str, Any], rev: int | None = None) -> Outcome:
        return self._http.write("PUT", self._version(version), body, Outcome, rev=rev)

    def _version(self, version: str) -> str:
        return f"{self._ref.path}/assetversions/{step(version)}"

    def _revert(self, version: str) -> str:
        return f"{self._ref.path}/revertAssetVersion/{step(version)}"
