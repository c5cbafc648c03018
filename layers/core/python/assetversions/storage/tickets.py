"""What stands in a link of a letter: whose subscription to what it ends; only KMS can write and read it."""

import base64
import binascii

from botocore.exceptions import ClientError

from assetversions.domain.ids import uid_text
from assetversions.domain.subscriptions import Ticket
from assetversions.storage.seals import Seals

_FOR = "unsubscribe"
_UID_DIGITS = 23
_FORGED = frozenset({"InvalidCiphertextException", "IncorrectKeyException", "NotFoundException"})


class Tickets:
    """The `Tickets` port."""

    def __init__(self, seals: Seals) -> None:
        self._seals = seals

    def write(self, ticket: Ticket) -> str:
        """In letters that an address may have."""
        return _spelled(base64.b64decode(self._seals.seal(_FOR, uid_text(ticket.uid) + ticket.person)))

    def read(self, text: str) -> Ticket | None:
        """None for what we have not written."""
        try:
            raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
            if _spelled(raw) != text:
                return None
            found = self._seals.open(_FOR, base64.b64encode(raw).decode())
        except (binascii.Error, ValueError):
            return None
        except ClientError as error:
            if error.response["Error"]["Code"] not in _FORGED:
                raise
            return None
        return Ticket(int(found[:_UID_DIGITS], 16), found[_UID_DIGITS:])


def _spelled(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
