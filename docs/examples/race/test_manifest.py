import json

from botocore.exceptions import ClientError


def commit(s3, file):
    """Add a file to a table: the file first, then a manifest that names it."""
    s3.put_object(Bucket="box", Key=f"data/{file}", Body=b"rows")
    while True:
        current = s3.get_object(Bucket="box", Key="manifest")
        files = json.loads(current["Body"].read())
        body = json.dumps(sorted([*files, file]))
        try:
            s3.put_object(Bucket="box", Key="manifest", Body=body, IfMatch=current["ETag"])
        except ClientError as error:
            if error.response["Error"]["Code"] not in {"PreconditionFailed", "ConditionalRequestConflict"}:
                raise
        else:
            return


def test_no_commit_is_lost(cos, s3):
    cos.put_object("box", "manifest", "[]")

    def every_file_is_named(cos, outcome):
        named = json.loads(cos.bucket("box").objects["manifest"].body)
        assert named == ["1", "2", "3"]

    cos.race(
        lambda: commit(s3, "1"),
        lambda: commit(s3, "2"),
        lambda: commit(s3, "3"),
        check=every_file_is_named,
        max_runs=200,
    )
