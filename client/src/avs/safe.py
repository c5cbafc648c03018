"""Where the secrets of a profile are: in the system's keyring, else in a file for this person alone."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from avs.problems import Exit, Problem
from avs.profiles import Profile, folder, write_privately

SERVICE = "avs"
# So many bytes of UTF-16 are what Windows keeps under one name.
WINDOWS_KEEPS = 2560

# What keyrings of others, or set here by a wrong name, fail with beside their own errors.
FOREIGN = (ImportError, AttributeError, OSError, RuntimeError, TypeError, ValueError)

Secret = dict[str, Any]
Place = Literal["keyring", "file"]


class NoKeyring(Problem):
    """There is none here at all."""


def keep(profile: str, secret: Secret, say: Callable[[str], None], place: Place | None = None) -> Place:
    """Put it away, where it was before if that is known; the answer is where it is now.

    Where there is a keyring that does not take it, that is said.
    """
    text = json.dumps(secret, separators=(",", ":"))
    if place != "file" and _into_keyring(profile, text, say):
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
    with _keyring(profile.name) as keyring:
        if keyring.get_password(SERVICE, profile.name) is not None:
            keyring.delete_password(SERVICE, profile.name)


def _into_keyring(profile: str, text: str, say: Callable[[str], None]) -> bool:
    """Whether there is a keyring that takes it, and gives it back."""
    if sys.platform == "win32" and len(text.encode("utf-16-le")) > WINDOWS_KEEPS:
        return False
    try:
        with _keyring(profile) as keyring:
            keyring.set_password(SERVICE, profile, text)
            return bool(keyring.get_password(SERVICE, profile) == text)
    except NoKeyring:
        return False
    except Problem as problem:
        say(f"{problem.message} The sign-in is kept in a file for you alone: {_path(profile)}")
        return False


def _from_keyring(profile: str) -> str | None:
    with _keyring(profile) as keyring:
        found: str | None = keyring.get_password(SERVICE, profile)
        return found


@contextmanager
def _keyring(profile: str) -> Iterator[Any]:
    """The system's; a Problem where there is none, where it stays closed, and where it is broken."""
    try:
        import keyring  # slow to import; it looks for a backend then
        from keyring.errors import KeyringError, NoKeyringError
    except FOREIGN as error:
        raise _broken(error) from error
    try:
        yield keyring
    except NoKeyringError as error:
        raise NoKeyring(
            Exit.THIS_MACHINE,
            f"The sign-in of profile '{profile}' is in a keyring, and there is none here.",
            f"Sign in again: avs login --profile {profile}",
        ) from error
    except KeyringError as error:
        raise Problem(
            Exit.THIS_MACHINE,
            f"The keyring does not open: {_words(error)}.",
            f"Unlock it, then try again; or sign in again: avs login --profile {profile}",
        ) from error
    except FOREIGN as error:
        raise _broken(error) from error


def _broken(error: Exception) -> Problem:
    return Problem(
        Exit.THIS_MACHINE,
        f"The keyring of this machine is broken ({type(error).__name__}: {_words(error)}).",
        "Without one: PYTHON_KEYRING_BACKEND=keyring.backends.fail.Keyring",
    )


def _words(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".!") or type(error).__name__


def _from_file(profile: str) -> str | None:
    path = _path(profile)
    try:
        if sys.platform != "win32" and path.stat().st_mode & 0o077:
            path.chmod(0o600)  # a copy or a backup has opened it
        return path.read_text("utf-8", "replace")
    except FileNotFoundError:
        return None


def _path(profile: str) -> Path:
    return folder() / "secrets" / f"{profile}.json"
