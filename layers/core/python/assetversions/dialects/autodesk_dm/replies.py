"""Results into JSON:API documents."""

from assetversions.dialects.autodesk_dm import ids, paging, resources
from assetversions.dialects.autodesk_dm.documents import Body, addresses_of, document, link
from assetversions.dialects.autodesk_dm.filters import filters_of
from assetversions.dialects.autodesk_dm.requests import shown_by, version_urn, wanted_versions, wants_path
from assetversions.dialects.common.http import Reply, Request, etag
from assetversions.domain.errors import NotFound
from assetversions.domain.jobs import OPEN, Job, JobState
from assetversions.domain.model import Asset, Version
from assetversions.domain.results.versions import Deferred, Done, VersionDetails, VersionPage

STATUS = {
    JobState.PENDING: "queued",
    JobState.RUNNING: "processing",
    JobState.SUCCEEDED: "finished",
    JobState.FAILED: "failed",
    JobState.CANCELLED: "failed",
}


def versions(page: VersionPage, request: Request) -> Reply:
    """A URN of another item matches nothing, even where the item was named without one.

    Filters with operators leave out what a page has: it may be empty, and there is a `next` all the same.
    """
    at, wanted = addresses_of(request), wanted_versions(request)
    address = f"{at.asked_item(request.path['item_id'])}/versions"
    filters = filters_of(shown_by(request))
    rows = [
        resources.version(page.asset, found, extras, at)
        for found, extras in zip(page.versions, page.extras, strict=True)
        if wanted is None or (found.uid, found.number) in wanted
    ]
    data = [row for row in rows if all(one.takes(row) for one in filters)]
    return document(200, {"links": paging.links(request, address, page), "data": data}, etag(page.asset.rev))


def item(newest: VersionPage, request: Request) -> Reply:
    return _item(newest, request, _asked_item(request), with_path=wants_path(request))


def version_item(newest: VersionPage, request: Request) -> Reply:
    """A deleted version still had its item; NotFound for a number that was never used."""
    urn = version_urn(request)
    _uid, number = ids.split_version(urn) or (0, 0)
    if number > newest.asset.latest:
        raise NotFound("version", urn)
    return _item(newest, request, f"{addresses_of(request).version(newest.asset.uid, number)}/item")


def tip(newest: VersionPage, request: Request) -> Reply:
    """NotFound while the item has no version."""
    at, item_id = addresses_of(request), request.path["item_id"]
    included = _included(newest, request)
    if not included:
        raise NotFound("version of item", item_id)
    body = {"links": {"self": link(f"{at.asked_item(item_id)}/tip")}, "data": included[0]}
    return document(200, body, etag(newest.asset.rev))


def parent(newest: VersionPage, request: Request) -> Reply:
    address = f"{_asked_item(request)}/parent"
    body = {"links": {"self": link(address)}, "data": resources.folder(newest.asset, address)}
    return document(200, body, etag(newest.asset.rev))


def item_refs(newest: VersionPage, request: Request) -> Reply:
    return _nothing(newest, {"self": f"{_asked_item(request)}/refs"})


def item_relationship_refs(newest: VersionPage, request: Request) -> Reply:
    own = _asked_item(request)
    return _nothing(newest, {"self": f"{own}/relationships/refs", "related": f"{own}/refs"})


def item_relationship_links(newest: VersionPage, request: Request) -> Reply:
    return _nothing(newest, {"self": f"{_asked_item(request)}/relationships/links"})


def version(found: VersionDetails, request: Request) -> Reply:
    data = resources.version(found.asset, found.version, found.extras, addresses_of(request))
    return document(200, {"links": {"self": data["links"]["self"]}, "data": data}, etag(found.asset.rev))


def refs(found: VersionDetails, request: Request) -> Reply:
    return _below(found, {"self": f"{_address(found.version, request)}/refs"}, [])


def relationship_refs(found: VersionDetails, request: Request) -> Reply:
    own = _address(found.version, request)
    return _below(found, {"self": f"{own}/relationships/refs", "related": f"{own}/refs"}, [])


def relationship_links(found: VersionDetails, request: Request) -> Reply:
    return _below(found, {"self": f"{_address(found.version, request)}/relationships/links"}, [])


def downloads(found: VersionDetails, request: Request) -> Reply:
    """None, as the vendor's own: a file is here as what it is, and nothing is made of it."""
    return _below(found, {"self": f"{_address(found.version, request)}/downloads"}, [])


def download_formats(found: VersionDetails, request: Request) -> Reply:
    """None: a file is here as what it is, and converted to nothing."""
    urn = ids.spell_version(found.version.uid, found.version.number)
    data = resources.identifier("downloadFormats", urn) | {"attributes": {"formats": []}}
    return _below(found, {"self": f"{_address(found.version, request)}/downloadFormats"}, data)


def created(done: Done | Deferred, request: Request) -> Reply:
    """A version that a job makes has no address yet, but the job has."""
    if isinstance(done, Deferred):
        return _deferred(done, request)
    at = addresses_of(request)
    data = resources.version(done.asset, done.version, done.extras, at)
    body = {
        "links": {"self": data["links"]["self"]},
        "data": data,
        "included": [resources.item(done.asset, done.version, at)],
    }
    location = {"Location": _address(done.version, request)}
    return document(201, body, location | etag(done.asset.rev))


def renamed(done: Done | Deferred, request: Request) -> Reply:
    """The item, with the version in which its file has the new name."""
    if isinstance(done, Deferred):
        return _deferred(done, request)
    newest = VersionPage(done.asset, [done.version], None, (done.extras,))
    return _item(newest, request, _asked_item(request))


def job(found: tuple[Asset, Job], request: Request) -> Reply:
    """One that is done leads to the version that came of it."""
    asset, at_work = found
    body, _address_of_it = _job(asset, at_work, request)
    if at_work.version is not None:
        return document(303, body, {"Location": addresses_of(request).version(asset.uid, at_work.version)})
    return document(200, body, {"Retry-After": "1"} if at_work.state in OPEN else {})


def _deferred(deferred: Deferred, request: Request) -> Reply:
    body, address = _job(deferred.asset, deferred.job, request)
    return document(202, body, {"Location": address})


def _job(asset: Asset, at_work: Job, request: Request) -> tuple[Body, str]:
    """The document, and where it is."""
    address = addresses_of(request).job(asset.uid, at_work.job_id)
    data = resources.identifier("jobs", ids.spell_job(asset.uid, at_work.job_id)) | {
        "attributes": {"status": STATUS[at_work.state]},
        "links": {"self": link(address)},
    }
    return {"links": {"self": link(address)}, "data": data}, address


def _item(newest: VersionPage, request: Request, address: str, *, with_path: bool = False) -> Reply:
    latest = newest.versions[0] if newest.versions else None
    data = resources.item(newest.asset, latest, addresses_of(request))
    if with_path:
        data["attributes"]["pathInProject"] = "/"
    body = {
        "links": {"self": link(address)},
        "data": data,
        "included": _included(newest, request),
    }
    return document(200, body, etag(newest.asset.rev))


def _included(newest: VersionPage, request: Request) -> list[Body]:
    rows = zip(newest.versions, newest.extras, strict=True)
    return [resources.version(newest.asset, found, extras, addresses_of(request)) for found, extras in rows]


def _asked_item(request: Request) -> str:
    return addresses_of(request).asked_item(request.path["item_id"])


def _nothing(newest: VersionPage, links: dict[str, str]) -> Reply:
    """Items have no relationships of anyone's making."""
    body: Body = {"links": {name: link(address) for name, address in links.items()}, "data": []}
    return document(200, body, etag(newest.asset.rev))


def _below(found: VersionDetails, links: dict[str, str], data: Body | list[Body]) -> Reply:
    """What hangs below a version."""
    body = {"links": {name: link(address) for name, address in links.items()}, "data": data}
    return document(200, body, etag(found.asset.rev))


def _address(found: Version, request: Request) -> str:
    return addresses_of(request).version(found.uid, found.number)
