"""What the parameters of Disguise's routes mean, by their names; no function imports it."""

from assetversions.dialects.openapi.described import Meaning

MEANINGS = {
    "drive_id": Meaning("The drive, which is a database."),
    "content_id": Meaning("The content, which is an asset."),
    "version_id": Meaning("The version."),
    "page": Meaning("The page, from 1.", "1"),
    "per_page": Meaning("Entries a page.", "15"),
}
