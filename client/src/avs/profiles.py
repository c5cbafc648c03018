"""The systems that somebody has signed in to, each under a name: where they are, and how to sign in there.

No secret is in this file; those are where `safe.py` puts them.
"""

import json
import os
import re
import sys
import tempfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

from avs.problems import Exit, Problem, not_signed_in, usage

FORMAT = 1
DEFAULT = "default"
Kind = Literal["browser", "user", "machine", "token"]

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True)
class Profile:
    """`system` is the address that was signed in to, `url` where requests go, `client` known to the pool."""

    name: str
    system: str
    url: str
    kind: Kind
    who: str = ""
    pools_url: str = ""
    sign_in_url: str = ""
    client: str = ""
    secrets_in: Literal["keyring", "file"] = "file"


def folder() -> Path:
    """Where this person's settings are, as each kind of system has it."""
    if sys.platform == "win32":
        base = os.environ.get("APPDATA") or str(Path.home() / "AppData" / "Roaming")
    else:
        base = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(base) / "avs"


@dataclass(frozen=True)
class Profiles:
    """All of them, and which one is meant where none is named."""

    current: str
    by_name: dict[str, Profile]

    def named(self, name: str | None) -> Profile:
        """The one of this name, or the current one."""
        wanted = name or self.current
        if wanted in self.by_name:
            return self.by_name[wanted]
        if name is None and not self.by_name:
            raise Problem(Exit.NOT_SIGNED_IN, "Nobody has signed in here yet.", "Sign in: avs login URL")
        known = ", ".join(sorted(self.by_name)) or "none"
        raise not_signed_in(f"There is no profile '{wanted}'; known: {known}.", wanted, new=True)

    def keeping(self, profile: Profile) -> "Profiles":
        return replace(self, by_name=self.by_name | {profile.name: profile})

    def with_profile(self, profile: Profile) -> "Profiles":
        """This one is meant from now on."""
        return Profiles(profile.name, self.by_name | {profile.name: profile})

    def without(self, name: str) -> "Profiles":
        left = {key: value for key, value in self.by_name.items() if key != name}
        return Profiles(self.current if self.current in left else next(iter(left), DEFAULT), left)

    def using(self, name: str) -> "Profiles":
        return replace(self, current=self.named(name).name)


def check_name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise usage(f"'{name}' can't be a profile: 1 to 64 letters, digits, '.', '-' and '_'.")
    return name


def read() -> Profiles:
    path = _path()
    try:
        found = json.loads(path.read_bytes())
        if found["format"] != FORMAT:
            raise Problem(Exit.THIS_MACHINE, f"{path} was written by another avs.", "Update avs.")
        profiles = {name: Profile(name=name, **rest) for name, rest in found["profiles"].items()}
        return Profiles(found["current"], profiles)
    except FileNotFoundError:
        return Profiles(DEFAULT, {})
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Problem(
            Exit.THIS_MACHINE, f"{path} is damaged.", "Delete it, then sign in again: avs login URL"
        ) from error


def write(profiles: Profiles) -> None:
    rows: dict[str, Any] = {}
    for name, profile in profiles.by_name.items():
        rows[name] = {key: value for key, value in asdict(profile).items() if key != "name"}
    text = json.dumps({"format": FORMAT, "current": profiles.current, "profiles": rows}, indent=2)
    write_privately(_path(), text + "\n")


def write_privately(path: Path, text: str) -> None:
    """Whole or not at all, and for this person alone from the first byte."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # of mode 600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _path() -> Path:
    return folder() / "profiles.json"
