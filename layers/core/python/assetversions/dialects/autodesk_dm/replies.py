"""Results into JSON:API documents."""

from assetversions.dialects.autodesk_dm import ids, paging, resources
from assetversions.dialects.autodesk_dm.documents import Body, addresses_of, document, link
from assetversions.dialects.autodesk_dm.requests import version_urn, wanted_versions
from assetversions.dialects.common.addresses import job_path
from assetversions.dialects.common.http import Reply, Request, etag
from assetversions.domain.errors import NotFound
from assetversions.domain.model import Version
from assetversions.domain.results.versions import Deferred, Done, VersionDetails, VersionPage


def versions(page: VersionPage, request: Request) -> Reply:
    """A URN of another item matches nothing, even where the item was named without one."""
    at, wanted = addresses_of(request), wanted_versions(request)
    address = f"{at.asked_item(request.path['item_id'])}/versions"
    data = [
        resources.version(page.asset, found, extras, at)
        for found, extras in zip(page.versions, page.extras, strict=True)
        if wanted is None or (found.uid, found.number) in wanted
    ]
    return document(200, {"links": paging.links(request, address, page), "data": data}, etag(page.asset.rev))


def item(newest: VersionPage, request: Request) -> Reply:
    return _item(newest, request, addresses_of(request).asked_item(request.path["item_id"]))


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


def _deferred(deferred: Deferred, request: Request) -> Reply:
    """Inferred: the vendor's page knows no jobs."""
    address, job = f"{request.origin}{job_path(deferred)}", deferred.job
    data = resources.identifier("jobs", job.job_id) | {
        "attributes": {"status": str(job.state)},
        "links": {"self": link(address)},
    }
    return document(202, {"links": {"self": link(address)}, "data": data}, {"Location": address})


def _item(newest: VersionPage, request: Request, address: str) -> Reply:
    latest = newest.versions[0] if newest.versions else None
    body = {
        "links": {"self": link(address)},
        "data": resources.item(newest.asset, latest, addresses_of(request)),
        "included": _included(newest, request),
    }
    return document(200, body, etag(newest.asset.rev))


def _included(newest: VersionPage, request: Request) -> list[Body]:
    rows = zip(newest.versions, newest.extras, strict=True)
    return [resources.version(newest.asset, found, extras, addresses_of(request)) for found, extras in rows]


def _below(found: VersionDetails, links: dict[str, str], data: Body | list[Body]) -> Reply:
    """What hangs below a version."""
    body = {"links": {name: link(address) for name, address in links.items()}, "data": data}
    return document(200, body, etag(found.asset.rev))


def _address(found: Version, request: Request) -> str:
    return addresses_of(request).version(found.uid, found.number)
