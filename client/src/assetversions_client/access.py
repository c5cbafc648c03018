"""Who one is to a system, and which rules decide what one may do."""

from msgspec import field

from assetversions_client.http import Http
from assetversions_client.wire import AssetRef, Body


class Verdict(Body, frozen=True):
    """What the rules say, and which of them; where none says anything it is a no.

    Of a no, `allowed_roles` are those with which one may.
    """

    allowed: bool
    reason: str = ""
    rule: str | None = None
    allowed_roles: list[str] = field(default_factory=list)


class AssetVerdicts(Body, frozen=True):
    """By action: read, create, update …"""

    actions: dict[str, Verdict] = field(default_factory=dict)


class Me(Body, frozen=True):
    """Who a request comes from; `scopes` None where none limit it."""

    user_id: str
    kind: str = ""
    roles: list[str] = field(default_factory=list)
    roles_without_mfa: list[str] = field(default_factory=list)
    scopes: list[str] | None = None
    acting_for: str | None = None
    api: Verdict | None = None
    asset: AssetVerdicts | None = None


class Access:
    """What there is to know of access: one's own, or others' where one manages it."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def me(self) -> Me:
        return self._http.get("/auth/me", Me)

    def explain(self, ref: AssetRef, *, route: str | None = None, user: str | None = None) -> Me:
        """What the rules say about an asset, and about a route such as `GET /database`."""
        place = {"databaseId": ref.database, "assetId": ref.asset}
        return self._http.get("/auth/me", Me, route=route, userId=user, **place)
