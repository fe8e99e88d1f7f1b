import subprocess

import boto3


def test_curl_with_a_presigned_url(fakecos, fakecos_server, tmp_path):
    photos = fakecos.create_bucket("photos")
    note = tmp_path / "note.txt"
    note.write_text("sun")
    client = boto3.client("s3", endpoint_url=fakecos_server.endpoint_url)
    url = client.generate_presigned_url("put_object", Params={"Bucket": "photos", "Key": "note.txt"})
    subprocess.run(["curl", "--fail", "--silent", "--show-error", "--upload-file", str(note), url], check=True)
    assert photos.objects["note.txt"].body == b"sun"
