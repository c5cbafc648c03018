"""Where deliveries may go: addresses that anybody on the internet has, and no other."""

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from assetversions.domain.errors import Invalid

MAX_URL = 2_000
Address = IPv4Address | IPv6Address
# What a resolver can be asked for.
_NAME = re.compile(r"([a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}\.?")
# Each leads on to an IPv4 address that stands in it.
_NAT64 = IPv6Network("64:ff9b::/96")
# Of protocols, and of a relay: versions of Python differ on them.
_SPECIAL = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"))
# All that is given out to the internet; what is beside it is local, reserved or of another use.
_GLOBAL = IPv6Network("2000::/3")


def receiver(url: str, loopback: bool, field: str = "url") -> SplitResult:
    """The parts of an address that deliveries may go to, as far as it tells by itself.

    `loopback` lets the machine's own receivers in, over plain HTTP, too.
    """
    if not 0 < len(url) <= MAX_URL or not url.isascii() or not url.isprintable() or " " in url:
        raise Invalid(field, f"must be an address of at most {MAX_URL:,} ASCII characters, without spaces.")
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise Invalid(field, "is no address; send such as https://example.com/hook.") from error
    if not host or parts.username is not None or parts.fragment:
        raise Invalid(field, "must name a host, no user and no fragment.")
    literal = _literal(host)
    if "%" in host or (literal is None and not _NAME.fullmatch(host)):
        raise Invalid(field, "must name a host by its name, or by a public address.")
    if parts.scheme != "https" and not (loopback and parts.scheme == "http" and _is_here(host, literal)):
        raise Invalid(field, "must begin with https://.")
    if literal is not None and not allowed(literal, loopback):
        raise Invalid(field, "must name an address that is public.")
    return parts


def allowed(address: Address, loopback: bool = False) -> bool:
    """Whether anybody on the internet has it; also one that only leads on to such an address."""
    if loopback and address.is_loopback:
        return True
    if isinstance(address, IPv4Address):
        special = any(address in one for one in _SPECIAL)
        return address.is_global and not (special or address.is_multicast)
    inner = _inner(address)
    if inner is not None:
        return False if address.ipv4_mapped is None else allowed(inner)
    return address in _GLOBAL and address.is_global and not address.is_multicast


def _inner(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that stands in it: such a one leads to wherever a gateway takes it."""
    if address.teredo is not None:
        return address.teredo[1]
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _is_here(host: str, literal: Address | None) -> bool:
    return host == "localhost" or (literal is not None and literal.is_loopback)
