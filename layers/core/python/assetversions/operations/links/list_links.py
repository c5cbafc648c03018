"""Tell what an asset is linked with, and of its children a whole tree."""

from collections import Counter, defaultdict

from assetversions.domain.asset_links import MAX_DEPTH, MAX_NODES, Role
from assetversions.domain.commands.links import ListLinks
from assetversions.domain.errors import TooLarge
from assetversions.domain.model import Asset, AssetRef
from assetversions.domain.ports.services import Services
from assetversions.domain.results.links import LinksOf, Node
from assetversions.engine.linked import visible
from assetversions.engine.operation import operation


@operation(action="read")
def list_links(command: ListLinks, asset: Asset, services: Services) -> LinksOf:
    """Of those that the caller may not see, or that are gone, the number alone; nothing below them is told.

    TooLarge for a tree of too many assets, or too deep.
    """
    look = _Look(services)
    nodes = look.around(asset.ref, frozenset(Role))
    shown: dict[Role, list[Node]] = defaultdict(list)
    for node in nodes:
        role = node.link.role(asset.ref)
        whole = look.below(node, 1) if command.tree and role is Role.CHILD else node
        shown[role].append(whole)
    return LinksOf(shown, look.hidden)


class _Look:
    """`hidden` counts what is not shown, and `nodes` what is."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self.hidden: Counter[Role] = Counter()
        self._nodes = 0

    def around(self, ref: AssetRef, roles: frozenset[Role]) -> list[Node]:
        """Those at the other end of its links, of these roles, that the caller may see."""
        links = [link for link in self._services.links.of(ref) if link.role(ref) in roles]
        self._nodes += len(links)
        heads = visible(self._services, [link.other(ref) for link in links])
        found: list[Node] = []
        for link, head in zip(links, heads, strict=True):
            if head is None:
                self.hidden[link.role(ref)] += 1
            else:
                found.append(Node(link, head))
        return sorted(found, key=_order)

    def below(self, node: Node, depth: int) -> Node:
        """The node with all that is below it."""
        children = self.around(node.asset.ref, frozenset({Role.CHILD}))
        if self._nodes > MAX_NODES or (children and depth >= MAX_DEPTH):
            told = f"The tree has more than {MAX_NODES} assets, or {MAX_DEPTH} levels; ask for a child's."
            raise TooLarge(told)
        return Node(node.link, node.asset, [self.below(child, depth + 1) for child in children])


def _order(node: Node) -> tuple[str, str, str]:
    return node.asset.ref.database_id, node.asset.ref.public_id, node.link.alias
