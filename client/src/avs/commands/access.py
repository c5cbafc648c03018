"""`avs why`: which rule lets somebody do something to an asset, and which does not."""

from typing import Annotated

import typer

from avs import meant
from avs.frame import command
from avs.meant import AssetName
from avs.names import parse_asset
from avs.output import Answer, Table
from avs.session import Session

OfUser = Annotated[
    str | None, typer.Option("--user", metavar="NAME", help="Of somebody else, if you manage policy.")
]


def add(app: typer.Typer) -> None:
    command(app, "why")(why)


def why(session: Session, asset: AssetName, user: OfUser = None) -> Answer:
    """Tell what you may do to an asset, and which rule decides.

    Start here when something is not allowed: it names the roles that may, too.
    """

    ref = meant.ref(parse_asset(asset))
    me = session.client().access.explain(ref, route=f"GET {ref.path}", user=user)
    verdicts = {"call the route": me.api} if me.api else {}
    verdicts |= me.asset.actions if me.asset else {}
    told = {action: one for action, one in verdicts.items() if one is not None}
    rows = [
        [
            action,
            "yes" if one.allowed else "no",
            one.rule or "–",
            ", ".join(one.allowed_roles) or "–",
            one.reason,
        ]
        for action, one in told.items()
    ]
    data = {
        "user": me.user_id,
        "kind": me.kind,
        "roles": me.roles,
        "rolesWithoutMfa": me.roles_without_mfa,
        "scopes": me.scopes,
        "actions": {
            action: {
                "allowed": one.allowed,
                "rule": one.rule,
                "reason": one.reason,
                "allowedRoles": one.allowed_roles,
            }
            for action, one in told.items()
        },
    }
    lines = [f"{me.user_id} ({me.kind}), roles: {', '.join(me.roles) or 'none'}"]
    if me.roles_without_mfa:
        lines.append(f"Not counted without a second factor: {', '.join(me.roles_without_mfa)}")
    if me.scopes is not None:
        lines.append(f"The credential is limited to: {', '.join(me.scopes) or 'nothing'}")
    after = [] if all(one.allowed for one in told.values()) else ["Who manages policy can change a 'no'."]
    return Answer(
        data, Table(["MAY", "", "RULE", "ROLES THAT MAY", "REASON"], rows), before=lines, after=after
    )
