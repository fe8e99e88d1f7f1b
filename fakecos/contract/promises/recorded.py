"""The upload in three parts that was recorded with many checksums: aws-multipart 36, 41, aws-checksums-and-sse 8, 9."""

from __future__ import annotations

from typing import Any

from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.uploads import complete_upload, completed_part, upload_part

RECORDED_KEY = "test-multipart-checksum"
BIG = b"a" * 5_242_881
LAST = b"a" * 10
BODIES = (BIG, BIG, LAST)
ETAG = '"4d45984fc3feb2ac9b22683c49674b56-3"'
ETAGS = ("c4c753e69bb853187f5854c46cf801c6", "c4c753e69bb853187f5854c46cf801c6", "e09c80c42fda55f9d992e59ca6b3307d")
SSE = {"ServerSideEncryption": "AES256"}
# algorithm: part 1 and 2, part 3, the object without its suffix
COMPOSITE = {
    "CRC32": ("NRU+Sw==", "TBHN8A==", "5FRUiw=="),
    "SHA256": (
        "DjU70AB1bON8k0n0fVHv2PJQVWcA/jWsITp6ti20Tbs=",
        "vyy1imj2hNlaO3jvj2Ycmk5bCegsyPnMiMzpBSjK6yc=",
        "9o++y6AejqboiJ7MZCx0fahK2Vu5YC/qnNhhYsCLciI=",
    ),
}
FULL_OBJECT = {
    "CRC32": ("NRU+Sw==", "TBHN8A==", "qSEQSA=="),
    "CRC64NVME": ("Kg7TOs6algM=", "DBqAA21lxVU=", "ZMNX55lZurA="),
}
KINDS = [("COMPOSITE", name) for name in COMPOSITE] + [("FULL_OBJECT", name) for name in FULL_OBJECT]


class Upload:
    """The recorded upload: two parts of 5,242,881 bytes of `a` and one of ten, with the checksum of each."""

    def __init__(self, client: Any, kind: str, name: str) -> None:
        self.client, self.kind, self.name = client, kind, name
        self.created = client.create_multipart_upload(
            Bucket=BUCKET, Key=RECORDED_KEY, ChecksumAlgorithm=name, ChecksumType=kind
        )
        self.upload_id = self.created["UploadId"]
        first, last, _ = (COMPOSITE if kind == "COMPOSITE" else FULL_OBJECT)[name]
        self.values = (first, first, last)
        self.answers = [
            upload_part(client, self.upload_id, body, number, RECORDED_KEY, **{f"Checksum{name}": found})
            for number, (body, found) in enumerate(zip(BODIES, self.values, strict=True), 1)
        ]

    def listed(self, **more: str) -> list[dict[str, Any]]:
        return [
            completed_part(number, answer, checksums=not more, **more) for number, answer in enumerate(self.answers, 1)
        ]

    @property
    def text(self) -> str:
        """The object's value as every answer but GetObjectAttributes gives it."""
        found = (COMPOSITE if self.kind == "COMPOSITE" else FULL_OBJECT)[self.name][2]
        return f"{found}-3" if self.kind == "COMPOSITE" else found

    def finish(self, parts: list[dict[str, Any]] | None = None, **more: Any) -> Any:
        return complete_upload(self.client, self.upload_id, *(parts or self.listed()), key=RECORDED_KEY, **more)
