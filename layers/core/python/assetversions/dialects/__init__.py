"""The public APIs, each a pure translation; `ROUTES` is the single list of the public surface."""

from assetversions.dialects.autodesk_dm.routes import ROUTES as AUTODESK_DM_ROUTES
from assetversions.dialects.autodesk_dm.routes_objects import ROUTES as AUTODESK_OBJECT_ROUTES
from assetversions.dialects.autodesk_vault.routes import ROUTES as AUTODESK_VAULT_ROUTES
from assetversions.dialects.disguise.routes import ROUTES as DISGUISE_ROUTES
from assetversions.dialects.posta.routes import ROUTES as POSTA_ROUTES
from assetversions.dialects.vams.routes import ROUTES as VAMS_ROUTES
from assetversions.dialects.vams.routes_access import ROUTES as VAMS_ACCESS_ROUTES
from assetversions.dialects.vams.routes_beside import ROUTES as VAMS_BESIDE_ROUTES
from assetversions.dialects.vams.routes_pages import ROUTES as VAMS_PAGE_ROUTES
from assetversions.dialects.vams.routes_webhooks import ROUTES as VAMS_WEBHOOK_ROUTES

ROUTES = (
    *VAMS_ROUTES,
    *VAMS_ACCESS_ROUTES,
    *VAMS_BESIDE_ROUTES,
    *VAMS_WEBHOOK_ROUTES,
    *VAMS_PAGE_ROUTES,
    *POSTA_ROUTES,
    *AUTODESK_DM_ROUTES,
    *AUTODESK_OBJECT_ROUTES,
    *AUTODESK_VAULT_ROUTES,
    *DISGUISE_ROUTES,
)
