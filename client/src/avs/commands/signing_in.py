"""`avs login`, `logout`, `whoami` and `profiles`: who somebody is, and where."""

import getpass
import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from avs import profiles, safe
from avs.frame import command
from avs.output import Answer, Table
from avs.problems import Problem, usage
from avs.profiles import Kind, Profile
from avs.session import ADDRESS, Given, Session

if TYPE_CHECKING:
    from assetversions_client.access import Me

    from avs.signing_in.system import System
    from avs.signing_in.tokens import Tokens

API_TOKENS = ("avt_", "vams_")

Url = Annotated[
    str | None, typer.Argument(metavar="URL", help="The API's address; else that of the profile.")
]
User = Annotated[
    str | None, typer.Option("--user", metavar="NAME", help="By name and password, without a browser.")
]
ByToken = Annotated[bool, typer.Option("--token", help="By an API token, or an access token.")]
Machine = Annotated[
    str | None,
    typer.Option("--machine", metavar="CLIENT_ID", help="As a machine, by its client id and secret."),
]
Use = Annotated[str | None, typer.Argument(metavar="NAME", help="The one that is meant from now on.")]


def add(app: typer.Typer) -> None:
    command(app, "login")(login)
    command(app, "logout")(logout)
    command(app, "whoami")(whoami)
    command(app, "profiles")(show_profiles)


def login(
    session: Session, url: Url = None, user: User = None, token: ByToken = False, machine: Machine = None
) -> Answer:
    """Sign in: in the browser, unless you say otherwise.

    Passwords, tokens and secrets are asked for on a terminal, else read from the standard input, a line each.
    """
    if sum(map(bool, (user, token, machine))) > 1:
        raise usage("Say one of --user, --token and --machine.")
    from avs.signing_in import system as systems

    name = profiles.check_name(session.name or profiles.read().current)
    system = systems.look(url or _address(name))
    kind: Kind = "user" if user else "machine" if machine else "token" if token else "browser"
    tokens = _sign_in(session, system, kind, user or machine or "")
    by_api_token = tokens.access.startswith(API_TOKENS)
    clients = {"user": system.client, "browser": system.browser_client, "machine": machine or "", "token": ""}
    found = Profile(
        name=name,
        system=system.url,
        url=system.tokens_url if by_api_token else system.url,
        kind=kind,
        pools_url=system.pools_url,
        sign_in_url=system.sign_in_url,
        client=clients[kind],
    )
    me = _me(found.url, tokens.access)
    found = replace(found, who=me.user_id, secrets_in=safe.keep(name, tokens.secret(), session.say))
    profiles.write(profiles.read().with_profile(found))
    return _who(found, me, "Signed in as")


def logout(session: Session) -> Answer:
    """Sign out here, and at the user pool."""
    profile = profiles.read().named(session.name)
    secret = safe.find(profile)
    safe.forget(profile)
    told = f"Signed out of {profile.system}."
    if secret is not None and secret["renewed_by"] and profile.kind in ("user", "browser"):
        from avs.signing_in import renewing

        try:
            renewing.revoke(profile, secret["renewed_by"])
        except Problem as problem:
            told = f"Signed out here; the user pool could not be told: {problem.message}"
    return Answer({"profile": profile.name, "url": profile.system}, before=[told])


def whoami(session: Session) -> Answer:
    """Who I am, and with which roles."""

    me = session.client().access.me()
    return _who(session.profile(), me, "")


def show_profiles(session: Session, name: Use = None) -> Answer:
    """Show the sign-ins of this machine, or choose one.

    The chosen one is meant wherever none is said.
    """
    known = profiles.read()
    if name is not None:
        known = known.using(name)
        profiles.write(known)
    rows = [
        ["*" if one.name == known.current else "", one.name, one.who, one.kind, one.system]
        for one in known.by_name.values()
    ]
    data = [
        {
            "profile": one.name,
            "current": one.name == known.current,
            "user": one.who,
            "kind": one.kind,
            "url": one.system,
        }
        for one in known.by_name.values()
    ]
    return Answer(data, Table(["", "PROFILE", "WHO", "BY", "WHERE"], rows))


def _address(name: str) -> str:
    known = profiles.read().by_name.get(name)
    found = known.system if known else os.environ.get(ADDRESS)
    if not found:
        raise usage("Where?", "Say the API's address: avs login https://…")
    return found


def _sign_in(session: Session, system: "System", kind: Kind, who: str) -> "Tokens":
    from avs.signing_in import browser, machine, password, tokens

    if kind == "browser":
        return browser.sign_in(system, session.say)
    if kind == "user":
        return password.sign_in(system, who, _ask)
    if kind == "machine":
        return machine.sign_in(system.sign_in_url, who, _ask("Secret"))
    return tokens.given(_ask("Token"))


def _ask(what: str) -> str:
    """A secret, from whoever sits there or from whatever is sent in."""
    found = getpass.getpass(f"{what}: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    if not found:
        raise usage(f"{what} is empty.", "Type it, or send it to the standard input.")
    return found


def _me(url: str, token: str) -> "Me":
    from assetversions_client import Client

    with Client(url, Given(token)) as client:
        return client.access.me()


def _who(profile: Profile | None, me: "Me", word: str) -> Answer:
    where = profile.system if profile else os.environ.get(ADDRESS, "")
    data = {
        "user": me.user_id,
        "kind": me.kind,
        "roles": me.roles,
        "scopes": me.scopes,
        "url": where,
        "profile": profile.name if profile else None,
    }
    roles = ", ".join(me.roles) or "none, so nothing is allowed"
    lines = [f"{word} {me.user_id} at {where}".strip(), f"Roles: {roles}"]
    if me.scopes is not None:
        lines.append(f"Limited to: {', '.join(me.scopes)}")
    return Answer(data, before=lines)
