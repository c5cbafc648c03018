"""VAMS as its document has it."""

from assetversions.dialects.openapi.described import Api, Refusals
from assetversions.dialects.vams.schemas import (
    access,
    beside,
    catalog,
    exports,
    files,
    jobs,
    metadata,
    pages,
    session,
    uploads,
    versions,
    webhooks,
)
from assetversions.dialects.vams.schemas.common import REFUSAL
from assetversions.dialects.vams.schemas.meanings import MEANINGS
from assetversions.dialects.vams.schemas.paths import PATHS

PARTS = (session, catalog, versions, jobs, files, uploads, exports, metadata, beside, access, webhooks, pages)
API = Api(
    "vams",
    "VAMS",
    {key: described for part in PARTS for key, described in part.ROUTES.items()},
    {"vams.errors": Refusals(REFUSAL)},
    PATHS,
    MEANINGS,
)
