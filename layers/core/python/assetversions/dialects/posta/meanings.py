"""What the parameters of Posta's routes mean, by their names; no function imports it."""

from assetversions.dialects.openapi.described import Meaning

MEANINGS = {
    "assetId": Meaning("The asset."),
    "versionId": Meaning("The version."),
    "jobId": Meaning("The job, as `Location` named it.", "0198f1c2a4e8"),
    "pageSize": Meaning("Entries a page.", "25"),
    "nextToken": Meaning("`nextToken` of the page before.", "eyJhZnRlciI6ImVuZ2luZSJ9"),
    "includeArchived": Meaning("Archived versions, too."),
}
