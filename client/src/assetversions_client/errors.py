"""What can go wrong, by kind: a command line turns each kind into a line and an exit code."""


class ClientError(Exception):
    """Its text is one line that says what is wrong and, where something helps, what to do."""


class NotSignedIn(ClientError):
    """No token, or one that is not taken any more."""


class NotAllowed(ClientError):
    """Also what is hidden: who may not see a thing is not told whether it is there."""


class NotFound(ClientError):
    """There is no such thing."""


class Conflict(ClientError):
    """Somebody else was faster, or the thing is in another state."""


class Refused(ClientError):
    """The request itself is wrong; the text names the field."""


class Busy(ClientError):
    """Too much is going on, or nothing answers: the same may be tried again."""


class NoNetwork(Busy):
    """The address can't be reached."""


class Failed(ClientError):
    """The service itself broke, or a job did."""


class Damaged(ClientError):
    """Bytes are not those that were stored."""


class LocalFault(ClientError):
    """A file or folder of this machine can't be read or written: no right, no space, not there."""


class Incomplete(ClientError):
    """All that could be done was done, and some files were left out."""


def local(error: OSError) -> LocalFault:
    """An error of the disk as one line."""
    where = f"{error.filename}: " if error.filename else ""
    return LocalFault(f"{where}{error.strerror or error}")
