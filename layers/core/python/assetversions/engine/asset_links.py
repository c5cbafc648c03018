"""Links between assets: what a caller may know of one, and what a new one must not make."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from assetversions.domain.asset_links import MAX_LINKS, MAX_NODES, AssetLink, LinkKind, Role
from assetversions.domain.errors import Forbidden, Hidden, Invalid, NotFound, TooLarge
from assetversions.domain.lifecycle import check_live
from assetversions.domain.model import Asset, AssetRef
from assetversions.domain.ports.services import Services
from assetversions.engine.authorize import require
from assetversions.engine.commit import retried
from assetversions.engine.lookup import find_asset
from assetversions.engine.once import receipt

if TYPE_CHECKING:
    from assetversions.domain.metadata import Metadata
    from assetversions.domain.once import Receipt
    from assetversions.engine.metadata import Kept


def check_ends(services: Services, *ends: Asset) -> None:
    """The assets are not archived, and the caller may update them."""
    for asset in ends:
        require(services, "update", asset)
        check_live(asset)


def find_link(services: Services, link_id: str) -> AssetLink:
    """The same for one that is not there, and whose assets the caller may not see."""
    found = services.links.get(link_id)
    if found is not None:
        try:
            for ref in (found.source, found.target):
                find_asset(services, ref)
        except (Forbidden, NotFound):
            found = None
    if found is None:
        raise NotFound("asset link", link_id) if services.guard.sees({}) else Hidden("asset link", link_id)
    return found


def check_new(services: Services, link: AssetLink) -> None:
    """Invalid for one that is there already, and for a ring; TooLarge where that can't be told."""
    for ref in (link.source, link.target):
        there = _of(services, ref)
        if len(there) >= MAX_LINKS:
            raise Invalid(
                "relationshipType",
                f"asset '{ref.public_id}' has {MAX_LINKS} links: the most; delete one first.",
            )
    check_free(there, link)
    if link.kind is LinkKind.PARENT_CHILD and link.target in _ancestors(services, link.source):
        raise Invalid(
            "toAssetId",
            "is above the parent already; link them the other way, without a ring.",
        )


def _of(services: Services, ref: AssetRef) -> list[AssetLink]:
    """Where they are too many, those with deleted assets go: whoever lists them can't name them any more."""
    there = services.links.of(ref)
    if len(there) < MAX_LINKS:
        return there
    standing = _standing(services, ref, there)
    for one in there:
        if one not in standing:
            services.links.change(one, None)
    return standing


def _standing(services: Services, ref: AssetRef, links: list[AssetLink]) -> list[AssetLink]:
    """Those whose other asset is not deleted."""
    heads = services.links.heads([one.other(ref) for one in links])
    return [one for one, head in zip(links, heads, strict=True) if head is not None]


def check_free(there: list[AssetLink], link: AssetLink) -> None:
    """Invalid where another of these says the same."""
    for one in there:
        between = (one.source, one.target), (one.target, one.source)
        ways = between if one.kind is LinkKind.RELATED else between[:1]
        same = one.kind is link.kind and (link.source, link.target) in ways and one.alias == link.alias
        if same and one.link_id != link.link_id:
            raise Invalid("toAssetId", "these assets are linked so already; tell links apart by an alias.")


def change_link(services: Services, link_id: str, edit: Callable[[AssetLink], AssetLink | None]) -> AssetLink:
    """As `edit` makes it, or gone where that is None; it is asked anew each time a race is lost."""

    def attempt() -> AssetLink:
        times, before = services.links.times(), _to_change(services, link_id)
        edited = edit(before)
        after = edited and replace(edited, rev=before.rev + 1)
        done = after or before
        seen = times if done.alias != before.alias else None
        services.links.change(before, after, receipt(services, replace(done, metadata=())), seen)
        return done

    return retried(attempt, "Too much changes this link at once; send the request again.")


def said_of_link(services: Services, link_id: str) -> "Callable[[], Kept]":
    """Reads what is said of a link."""

    def read() -> "Kept":
        before = _to_change(services, link_id)

        def store(after: "Metadata", receipt: "Receipt | None") -> None:
            services.links.change(before, replace(before, metadata=after, rev=before.rev + 1), receipt)

        return before.metadata, store

    return read


def _to_change(services: Services, link_id: str) -> AssetLink:
    found = find_link(services, link_id)
    check_ends(services, *[find_asset(services, ref) for ref in (found.source, found.target)])
    return found


def _ancestors(services: Services, ref: AssetRef) -> set[AssetRef]:
    """With the asset itself."""
    found, left = {ref}, [ref]
    while left:
        one = left.pop()
        up = [link for link in services.links.of(one) if link.role(one) is Role.PARENT]
        new = {link.other(one) for link in _standing(services, one, up)} - found
        found |= new
        left += new
        if len(found) > MAX_NODES:
            raise TooLarge(
                f"The parent is below more than {MAX_NODES} assets: who knows of a ring; link less."
            )
    return found
