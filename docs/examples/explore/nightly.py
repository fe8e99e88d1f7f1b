"""Store yesterday's numbers, then what says that they are there. Plain boto3, for the real S3."""

import json

import boto3
from botocore.exceptions import ClientError

NUMBERS = {"visits": 120, "orders": 7}


def main():
    s3 = boto3.client("s3")
    for name, number in NUMBERS.items():
        try:
            s3.put_object(Bucket="numbers", Key=f"2026-10-01/{name}", Body=str(number))
        except ClientError as error:
            print(f"{name}: {error}")
    s3.put_object(Bucket="numbers", Key="2026-10-01/index.json", Body=json.dumps(list(NUMBERS)))


if __name__ == "__main__":
    main()
