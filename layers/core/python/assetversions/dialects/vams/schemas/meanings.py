"""What the parameters of VAMS's routes mean, by their names; no function imports it."""

from assetversions.dialects.openapi.described import Meaning

_VERSION = "A version: its number, its id (`v-…`), `current` or `latest`, or one of its aliases."
MEANINGS = {
    # What is named
    "databaseId": Meaning("The database.", "cars"),
    "assetId": Meaning("The asset, within its database.", "engine"),
    "assetVersionId": Meaning(_VERSION, "3"),
    "assetVersionIdAlias": Meaning("The alias of a version, instead of `assetVersionId`.", "approved"),
    "versionA": Meaning(f"The side before. {_VERSION} `working` is the files of now.", "3"),
    "versionB": Meaning("The side after, named like the one before.", "working"),
    "versionId": Meaning("An object version of the file, as lists of files have it.", "3HL4kqtJlcpXroDTDmJ"),
    "proxy": Meaning("The file's path within the asset.", "parts/wheel.glb"),
    "filePath": Meaning("The file's path within the asset.", "/parts/wheel.glb"),
    "operationId": Meaning("The job, as `Location` named it.", "0198f1c2a4e8"),
    "uploadId": Meaning("The upload, as its beginning named it.", "0198f1c2a4e8"),
    "assetLinkId": Meaning("The link, as lists of links have it.", "9f1c2a4e-8b7d-4c3e-9a10-2b7c6d5e4f30"),
    "versionComment": Meaning("A version, a colon, and the comment's id.", "3:first"),
    "constraintId": Meaning("The rule.", "cars-read"),
    "roleId": Meaning("The role.", "editor"),
    "userId": Meaning("The user; in a query, the caller where it is left out.", "mara"),
    "tokenId": Meaning("The API token, as lists of tokens have it.", "0198f1c2a4e8"),
    "apiKeyId": Meaning("The API key, as lists of keys have it.", "0198f1c2a4e8"),
    "tagId": Meaning("The tag.", "steel"),
    "tagTypeId": Meaning("The type of tags.", "material"),
    "webhookId": Meaning("The webhook, as lists of webhooks have it.", "0198f1c2a4e8"),
    "deliveryId": Meaning("The delivery, as the webhook's deliveries have it.", "0198f1c2a4e8"),
    "document": Meaning("The name of an API's document.", "vams.json"),
    "file": Meaning("A file of the page that shows the documents.", "page.js"),
    "ticket": Meaning("What the link in a mail has; it names the subscription.", "eyJmb3IiOiJtYXJhIn0"),
    # What is chosen of a list
    "pageSize": Meaning("Entries a page; to ask for more than the largest page is to ask for that.", "100"),
    "startingToken": Meaning("`NextToken` of the page before.", "eyJhZnRlciI6ImVuZ2luZSJ9"),
    "showArchived": Meaning("Archived ones, too; of all databases, these alone."),
    "includeArchived": Meaning("Archived files, too."),
    "includeVersions": Meaning("The file's object versions, too."),
    "basic": Meaning("Without the files' previews."),
    "prefix": Meaning("Only files whose paths begin with it.", "parts/"),
    "since": Meaning("From this instant, or this version, on.", "2026-11-25T18:00:00Z"),
    "at": Meaning(
        "What was current, published and named by each alias at this instant.",
        "2026-11-25T18:00:00Z",
    ),
    "after": Meaning("Read forwards: empty at first, then as the reply before has it.", "eyJhIjo3fQ"),
    "childTreeView": Meaning("The children of each child, too."),
    "type": Meaning("Whether metadata or attributes of the file.", "metadata"),
    "metadataEntityType": Meaning("What the schemas would be of; there are none."),
    "route": Meaning("A method and a path, to ask whether they may be called.", "DELETE /database/garage"),
}
