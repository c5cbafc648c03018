"""Where the secrets of a profile are: in the system's keyring, else in a file for this person alone."""

import json
import sys
from pathlib import Path
from typing import Any, Literal

from avs.problems import Exit, Problem
from avs.profiles import Profile, folder, write_privately

SERVICE = "avs"
# So many bytes of UTF-16 are what Windows keeps under one name.
WINDOWS_KEEPS = 2560

Secret = dict[str, Any]
Place = Literal["keyring", "file"]


def keep(profile: str, secret: Secret, place: Place | None = None) -> Place:
    """Put it away, where it was before if that is known; the answer is where it is now."""
    text = json.dumps(secret, separators=(",", ":"))
    if place != "file" and _into_keyring(profile, text):
        _path(profile).unlink(missing_ok=True)
        return "keyring"
    write_privately(_path(profile), text)
    return "file"


def find(profile: Profile) -> Secret | None:
    """That of a profile; None where somebody took it away."""
    text = _from_file(profile.name) if profile.secrets_in == "file" else _from_keyring(profile.name)
    if text is None:
        return None
    try:
        found: Secret = json.loads(text)
        return {"access": found["access"], "ends_at": found["ends_at"] + 0, "renewed_by": found["renewed_by"]}
    except (ValueError, TypeError, KeyError) as error:
        raise Problem(
            Exit.THIS_MACHINE,
            f"What was kept for profile '{profile.name}' is damaged.",
            f"Sign in again: avs login --profile {profile.name}",
        ) from error


def forget(profile: Profile) -> None:
    if profile.secrets_in == "file":
        _path(profile.name).unlink(missing_ok=True)
        return
    import keyring
    from keyring.errors import KeyringError, PasswordDeleteError

    try:
        keyring.delete_password(SERVICE, profile.name)
    except PasswordDeleteError:
        return  # it is not there
    except KeyringError as error:
        raise _closed(error) from error


def _into_keyring(profile: str, text: str) -> bool:
    """Whether there is a keyring that takes it."""
    if sys.platform == "win32" and len(text.encode("utf-16-le")) > WINDOWS_KEEPS:
        return False
    import keyring  # slow to import
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, profile, text)
    except KeyringError:
        return False
    return True


def _from_keyring(profile: str) -> str | None:
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(SERVICE, profile)
    except KeyringError as error:
        raise _closed(error) from error


def _from_file(profile: str) -> str | None:
    path = _path(profile)
    try:
        if sys.platform != "win32" and path.stat().st_mode & 0o077:
            path.chmod(0o600)  # a copy or a backup has opened it
        return path.read_text("utf-8", "replace")
    except FileNotFoundError:
        return None


def _closed(error: Exception) -> Problem:
    return Problem(Exit.THIS_MACHINE, f"The keyring does not open: {error}.", "Unlock it, then try again.")


def _path(profile: str) -> Path:
    return folder() / "secrets" / f"{profile}.json"
