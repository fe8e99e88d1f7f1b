"""The largest object that S3 can have, uploaded through boto3: a program, since its memory is measured.

Arguments: the number of parts, and the size of each in bytes. It prints what it found as JSON.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

import boto3

from fakecos import FakeCOS, SyntheticBody

STATUS = Path("/proc/self/status")


def peak_memory() -> int:
    """Return the most bytes of memory that this process has held.

    Linux has two such numbers, and that of getrusage is no less than what the parent held when it started this one: a
    worker of pytest may hold more than what is promised here. VmHWM begins anew with the program. Source: getrusage(2)
    has ru_maxrss survive execve, proc(5) has VmHWM in the memory that execve replaces.
    """
    status = STATUS.read_text() if STATUS.exists() else ""
    for line in status.splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def main(count: int, size: int) -> None:
    """Upload, complete, and read the tail."""
    began = time.perf_counter()
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        s3 = boto3.client("s3")
        named = {"Bucket": "photos", "Key": "largest"}
        upload = {**named, "UploadId": s3.create_multipart_upload(**named)["UploadId"]}
        parts = []
        for number in range(1, count + 1):
            answer = s3.upload_part(**upload, PartNumber=number, Body=SyntheticBody(size, seed=7))
            parts.append({"PartNumber": number, "ETag": answer["ETag"]})
        answer = s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": parts})
        found = {
            "size": s3.head_object(**named)["ContentLength"],
            "etag": answer["ETag"].strip('"'),
            "part_etag": parts[0]["ETag"].strip('"'),
            "crc": answer["ChecksumCRC64NVME"],
            "tail": s3.get_object(**named, Range="bytes=-1000")["Body"].read().hex(),
            "seconds": time.perf_counter() - began,
            "memory": peak_memory(),
        }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
