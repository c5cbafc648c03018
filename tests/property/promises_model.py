"""The store as plain dictionaries of path and bytes: what each request must come to."""

from collections.abc import Iterable, Mapping

from assetversions.domain.manifests.manifest import Entry

Content = Mapping[str, bytes | None]


def selected(path: str, paths: tuple[str, ...]) -> bool:
    return not paths or any(path == one or (one.endswith("/") and path.startswith(one)) for one in paths)


def to_copy(working: Content, target: Content, paths: tuple[str, ...]) -> set[str]:
    """The files that a restore of these paths has to bring back."""
    return {path for path in target if selected(path, paths) and working.get(path) != target[path]}


def to_delete(working: Content, target: Content, paths: tuple[str, ...]) -> set[str]:
    return {path for path in working if selected(path, paths) and path not in target}


def restored(working: Content, target: Content, paths: tuple[str, ...], lost: set[str]) -> Content:
    """The working files after a restore of these paths that leaves the lost ones as they are."""
    copied = {path: target[path] for path in to_copy(working, target, paths) - lost}
    kept = {path: working[path] for path in working if path not in to_delete(working, target, paths)}
    return kept | copied


def difference(left: Content, right: Content) -> list[str]:
    return sorted(path for path in {*left, *right} if left.get(path) != right.get(path))


def facts(entries: Iterable[Entry]) -> list[Entry]:
    """The entries without their object versions: a listing shows only what is left, to the second."""
    return [entry._replace(version_id="") for entry in entries]
