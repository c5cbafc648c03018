"""The requests of `keyed` that bring files, or what stands beside them, and take the latter away."""

from typing import Any, NamedTuple

from assetversions.dialects import ROUTES

from tests.support.lambda_client import match

ASSET = "/database/db1/assets/a1"
FILES = {"databaseId": "db1", "assetId": "a1", "uploadType": "assetFile"}


class Once(NamedTuple):
    """One request; `writes` is the AWS call that does its work, the number `at` of them.

    `behind` are requests that have to come before it; what they are answered may stand in its path.
    """

    method: str
    path: str
    body: Any = None
    writes: str = "TransactWriteItems"
    at: int = 1
    background: bool = False
    behind: tuple["Once", ...] = ()

    def named(self, names: dict[str, str]) -> "Once":
        """With what was answered before, in its path and as a field of its body."""
        body = self.body and {
            name: names.get(value[1:-1], value) if isinstance(value, str) and value.startswith("{") else value
            for name, value in self.body.items()
        }
        return self._replace(path=self.path.format(**names), body=body)

    @property
    def operation(self) -> str:
        key, _ = match(self.method, self.path)
        return next(route.operation for route in ROUTES if route.key == key)


UPLOAD = Once(
    "POST", "/uploads", FILES | {"files": [{"relativeKey": "/b.txt", "file_size": 0, "num_parts": 0}]}
)
SENT = FILES | {"files": [{"relativeKey": "/b.txt", "uploadIdS3": "zero-byte", "parts": []}]}
PICTURE = FILES | {"uploadType": "assetPreview"}
UPLOAD_PICTURE = Once("POST", "/uploads", PICTURE | {"files": [{"relativeKey": "a.png", "file_size": 0}]})
EMPTY = {"uploadIdS3": "zero-byte", "parts": []}
SHOW_PICTURE = Once(
    "POST",
    "/uploads/{uploadId}/complete",
    PICTURE | {"files": [EMPTY | {"relativeKey": "a.png"}]},
    behind=(UPLOAD_PICTURE,),
)
MADE = FILES | {"uploadType": "auxiliaryPreview"}
MADE_FILE = {"relativeKey": "a.txt/preview/x.json", "file_size": 0}
UPLOAD_MADE = Once("POST", "/uploads", MADE | {"files": [MADE_FILE]})
COMPLETE_MADE = Once(
    "POST",
    "/uploads/{uploadId}/complete",
    MADE | {"files": [MADE_FILE | EMPTY]},
    behind=(UPLOAD_MADE,),
)
CONTENT = "/v1/drives/db1/content/{content}"
UPLOADS: dict[str, Once] = {
    "upload_version": Once(
        "POST", f"{CONTENT}/version", {"upload_uuid": "{uploadId}"}, at=2, behind=(UPLOAD,)
    ),
    "start_upload": Once(
        "POST", "/uploads", FILES | {"files": [{"relativeKey": "/b.txt", "file_size": 1, "num_parts": 1}]}
    ),
    "complete_upload": Once("POST", "/uploads/{uploadId}/complete", SENT, at=2, behind=(UPLOAD,)),
    "complete a preview": SHOW_PICTURE._replace(at=2),
    "complete what a pipeline made": COMPLETE_MADE,
    "delete_asset_preview": Once(
        "DELETE", f"{ASSET}/deleteAssetPreview", behind=(UPLOAD_PICTURE, SHOW_PICTURE)
    ),
    "delete_auxiliary_previews": Once(
        "DELETE",
        f"{ASSET}/deleteAuxiliaryPreviewAssetFiles",
        {"filePath": "/a.txt"},
        "DeleteObjects",
        behind=(UPLOAD_MADE, COMPLETE_MADE),
    ),
    "abort_upload": Once("POST", "/uploads/{uploadId}/abort", FILES, behind=(UPLOAD,)),
}
