"""Upload one file to the bucket photos, in parts if it is larger than 8 MiB. Plain boto3, for the real S3."""

from __future__ import annotations

import os
import sys
import threading

import boto3

BUCKET = "photos"


class ProgressBar:
    """A bar on stderr. boto3 calls it from several threads, with the bytes that were just sent."""

    WIDTH = 40

    def __init__(self, size: int) -> None:
        self.size = size
        self.sent = 0
        self.lock = threading.Lock()

    def __call__(self, count: int) -> None:
        with self.lock:
            self.sent += count
            share = min(self.sent / self.size, 1.0) if self.size else 1.0
            full = round(share * self.WIDTH)
            bar = "#" * full + "." * (self.WIDTH - full)
            sys.stderr.write(f"\r[{bar}] {share:4.0%}  {self.sent:,} of {self.size:,} bytes")
            sys.stderr.flush()


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("usage: upload_in_parts.py PATH")
    path = sys.argv[1]
    key = os.path.basename(path)
    s3 = boto3.client("s3")
    s3.upload_file(path, BUCKET, key, Callback=ProgressBar(os.path.getsize(path)))
    sys.stderr.write("\n")
    print(f"s3://{BUCKET}/{key} has the ETag {s3.head_object(Bucket=BUCKET, Key=key)['ETag']}")


if __name__ == "__main__":
    main()
