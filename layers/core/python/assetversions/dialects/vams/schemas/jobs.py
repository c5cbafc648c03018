"""Jobs and what they tell, comparisons and verifications."""

from assetversions.dialects.common.schema import (
    COUNT,
    FLAG,
    TEXT,
    TEXTS,
    Named,
    Schema,
    array,
    by_name,
    maybe,
    one_of,
    shape,
    whole,
    words,
)
from assetversions.dialects.openapi.described import Described
from assetversions.dialects.vams.requests.common import FilesPaging, JobsPaging
from assetversions.dialects.vams.schemas.common import (
    ACCEPTED,
    ASSET,
    LATER,
    NEXT,
    NUMBER,
    TIME,
    VERSION,
    VERSION_ID,
    WARNINGS,
    said,
)
from assetversions.dialects.vams.schemas.metadata import VALUE
from assetversions.domain.file_metadata import FileKind
from assetversions.domain.jobs import JobKind, JobState

FINDINGS = whole(
    intact=FLAG,
    checkedFiles=COUNT,
    wrongFiles=COUNT,
    missing=TEXTS,
    altered=TEXTS,
    damagedManifestParts=TEXTS,
)
VERIFIED = Named(
    "Verification",
    said(
        whole(**FINDINGS["properties"], assetVersionId=VERSION_ID),
        assetVersionId=NUMBER,
    ),
)
RECONCILED = whole(comparedFiles=COUNT, missedFiles=TEXTS, missedCount=COUNT)
ZIP = whole(downloadUrl=maybe(TEXT), expiresIn=maybe(COUNT), size=COUNT, dateExpires=TIME)


def _job(version: Schema) -> Schema:
    return shape(
        "operationId operation state done total error assetVersionId report warnings skippedFiles"
        " skippedCount uncertainFiles uncertainCount createdBy dateCreated dateModified",
        operationId=TEXT,
        operation=words(JobKind),
        state=words(JobState),
        done=COUNT,
        total=maybe(COUNT),
        error=maybe(TEXT),
        assetVersionId=version,
        report={"anyOf": [FINDINGS, RECONCILED, {"type": "null"}]},
        warnings=WARNINGS,
        skippedFiles=maybe(TEXTS),
        skippedCount=COUNT,
        uncertainFiles=maybe(TEXTS),
        uncertainCount=COUNT,
        createdBy=TEXT,
        dateCreated=TIME,
        dateModified=TIME,
        skippedReasons=by_name(TEXT),
        zip=ZIP,
    )


JOB = Named("Job", said(_job(maybe(VERSION_ID)), assetVersionId=maybe(NUMBER)))
JOBS = Named(
    "Jobs",
    said(
        whole(
            operations=array(
                whole(
                    operationId=TEXT,
                    operation=words(JobKind),
                    state=words(JobState),
                    done=COUNT,
                    total=maybe(COUNT),
                    error=maybe(TEXT),
                    createdBy=TEXT,
                    dateCreated=TIME,
                    dateModified=TIME,
                    Version=maybe(NUMBER),
                    assetVersionId=maybe(VERSION_ID),
                )
            )
        ),
        **NEXT,
    ),
)
ADOPTION = Named("Adoption", said(_job({"type": "null"})))

SIDE = whole(assetVersionId=maybe(VERSION_ID), Version=TEXT, fileCount=COUNT, totalSize=COUNT)
STATUS = one_of("added", "removed", "changed")
ON_A_SIDE = maybe(whole(versionId=TEXT, size=COUNT, etag=TEXT))
COMPARISON = Named(
    "Comparison",
    said(
        whole(
            versionA=SIDE,
            versionB=SIDE,
            fields=by_name(whole(a={}, b={})),
            files=array(whole(relativeKey=TEXT, status=STATUS, a=ON_A_SIDE, b=ON_A_SIDE)),
            totals=maybe(
                whole(
                    added=COUNT,
                    removed=COUNT,
                    changed=COUNT,
                    addedBytes=COUNT,
                    removedBytes=COUNT,
                    unchecked=COUNT,
                )
            ),
            renames=maybe(whole(count=COUNT, files=array(shape("from to", **{"from": TEXT, "to": TEXT})))),
            metadata=array(
                whole(
                    type=words(FileKind),
                    filePath=TEXT,
                    metadataKey=TEXT,
                    status=STATUS,
                    a=maybe(VALUE),
                    b=maybe(VALUE),
                )
            ),
        ),
        **NEXT,
    ),
)

ROUTES = {
    f"GET {ASSET}/compareVersions/{{versionA}}/{{versionB}}": Described(COMPARISON, FilesPaging),
    f"POST {VERSION}/verify": Described(VERIFIED, also=LATER, prefers=True),
    f"GET {ASSET}/operations": Described(JOBS, JobsPaging),
    f"GET {ASSET}/operations/{{operationId}}": Described(JOB),
    f"DELETE {ASSET}/operations/{{operationId}}": Described(JOB),
    f"POST {VERSION}/zip": Described(ACCEPTED, status=202),
    f"POST {ASSET}/reconcile": Described(ACCEPTED, status=202),
}
