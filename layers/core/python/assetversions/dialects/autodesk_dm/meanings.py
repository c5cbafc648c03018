"""What the parameters of Data Management's routes mean, by their names; no function imports it."""

from assetversions.dialects.openapi.described import Meaning

_NOTHING = "It leaves nothing out: there is nothing of the kind here."
MEANINGS = {
    "project_id": Meaning("The project, which is a database."),
    "item_id": Meaning("The item, which is an asset, by its URN."),
    "version_id": Meaning("The version, by its URN."),
    "version": Meaning("The end of a version's URN that was sent without escapes.", "3"),
    "job_id": Meaning("The job, as `Location` named it.", "0198f1c2a4e8"),
    "bucket_key": Meaning("The bucket; there is this one."),
    "object_key": Meaning("The object, as a version's storage has it.", "drawing.dwg"),
    "page[number]": Meaning("The page, from 0.", "0"),
    "page[limit]": Meaning("Versions a page.", "200"),
    "page[newest]": Meaning("Ours: `next` and `prev` carry it, so that each version comes once.", "7"),
    "page[below]": Meaning("Ours: `next` and `prev` carry it, so that each version comes once.", "5"),
    "filter[id]": Meaning("Only of these ids.", "urn:adsk.wipprod:fs.file:vf.AbCdEfGhIjKlMnOp?version=3"),
    "filter[versionNumber]": Meaning("Only of these numbers.", "3"),
    "filter[extension.type]": Meaning("Only of these types.", "versions:autodesk.core:File"),
    "filter[type]": Meaning(_NOTHING, "versions"),
    "filter[refType]": Meaning(_NOTHING, "xrefs"),
    "filter[direction]": Meaning(_NOTHING, "from"),
    "filter[format.fileType]": Meaning(_NOTHING, "dwg"),
    "includePathInProject": Meaning("`pathInProject`, too."),
    "copyFrom": Meaning(
        "The version that becomes the newest once more.",
        "urn:adsk.wipprod:fs.file:vf.AbCdEfGhIjKlMnOp?version=3",
    ),
    "minutesExpiration": Meaning("For how long the link is good, in minutes.", "2"),
    "response-content-type": Meaning("`Content-Type` of the download.", "image/png"),
    "response-content-disposition": Meaning(
        "`Content-Disposition` of the download; it begins with `attachment`.", "attachment"
    ),
    "response-cache-control": Meaning("`Cache-Control` of the download.", "no-store"),
    "public-resource-fallback": Meaning("It changes nothing: an object is whole."),
    "useCdn": Meaning("It changes nothing: an object is in S3 alone."),
    "with": Meaning("What else to tell of the object.", "createdDate"),
}
