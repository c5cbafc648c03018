"""What a change set copies to its paths: old object versions of these, or files of other paths and assets."""

from collections.abc import Iterable, Mapping, Sequence

from assetversions.domain.journal import FilePlace, PathState
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import Asset
from assetversions.domain.ports.files import Source
from assetversions.domain.ports.services import Services


def originals(services: Services, asset: Asset, states: Iterable[PathState]) -> list[Entry]:
    """What is to be copied to each path, under that path.

    Invalid for one that is gone from its path; one that is gone from another place is left out.
    """
    own: dict[str, str] = {}
    found: list[Entry] = []
    for state in states:
        if state.after is None:
            continue
        if state.copied_from is None:
            own[state.path] = state.after
            continue
        place = FilePlace.read(state.copied_from)
        entry = services.files.find(place.ref, place.path, state.after)
        found += [] if entry is None else [entry._replace(path=state.path)]
    return services.files.pinned(asset.ref, own) + found


def places(states: Iterable[PathState]) -> dict[str, FilePlace]:
    """By path, where what is copied to there is, if it is elsewhere."""
    return {state.path: FilePlace.read(state.copied_from) for state in states if state.copied_from}


def sources_at(
    services: Services, asset: Asset, entries: Sequence[Entry], elsewhere: Mapping[str, FilePlace]
) -> list[Source]:
    """Each entry, looked at where its bytes are whether it can be read."""
    found = services.files.sources(asset.ref, [entry for entry in entries if entry.path not in elsewhere])
    for entry in (entry for entry in entries if entry.path in elsewhere):
        place = elsewhere[entry.path]
        (source,) = services.files.sources(place.ref, [entry._replace(path=place.path)])
        found.append(source._replace(entry=entry, place=place))
    return found
