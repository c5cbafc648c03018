"""Archives in the bucket of manifests, below a prefix of their own whose objects expire."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from botocore.exceptions import ClientError

from assetversions.domain.ports.zips import Made
from assetversions.storage.s3.heads import NO_OBJECT


class S3Zips:
    """The `Zips` port; `signer` signs the links, so it must speak to the address that callers use."""

    def __init__(self, client: Any, signer: Any, bucket: str) -> None:
        self._client = client
        self._signer = signer
        self._bucket = bucket

    def find(self, key: str) -> Made | None:
        try:
            head = self._client.head_object(Bucket=self._bucket, Key=key)
        except ClientError as error:
            if error.response["Error"]["Code"] not in NO_OBJECT:
                raise
            return None
        return Made(head["ContentLength"], head["LastModified"])

    def begin(self, key: str) -> str:
        where = {"Bucket": self._bucket, "Key": key}
        return str(self._client.create_multipart_upload(**where, ContentType="application/zip")["UploadId"])

    def send(self, key: str, upload: str, number: int, data: bytes) -> str:
        where = {"Bucket": self._bucket, "Key": key, "UploadId": upload}
        return str(self._client.upload_part(**where, PartNumber=number, Body=data)["ETag"])

    def complete(self, key: str, upload: str, etags: Sequence[str]) -> Made:
        """S3 dates what came in parts by the start of its upload, and counts its days from then on."""
        parts = [{"PartNumber": number, "ETag": etag} for number, etag in enumerate(etags, start=1)]
        where = {"Bucket": self._bucket, "Key": key, "UploadId": upload}
        self._client.complete_multipart_upload(**where, MultipartUpload={"Parts": parts})
        head = self._client.head_object(Bucket=self._bucket, Key=key)
        return Made(head["ContentLength"], head["LastModified"])

    def link(self, key: str, name: str, seconds: int) -> str:
        saved = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
        what = {"Bucket": self._bucket, "Key": key, "ResponseContentDisposition": saved}
        url: str = self._signer.generate_presigned_url("get_object", Params=what, ExpiresIn=seconds)
        return url
