import io

from awscrt.auth import AwsCredentialsProvider
from awscrt.http import HttpHeaders, HttpRequest
from awscrt.s3 import S3Client, S3RequestTlsMode, S3RequestType, create_default_s3_signing_config

MIB = 1024 * 1024


def test_awscrt(fakecos, fakecos_server):
    photos = fakecos.create_bucket("photos")
    signing = create_default_s3_signing_config(
        region="us-east-1", credential_provider=AwsCredentialsProvider.new_static("any", "any")
    )
    client = S3Client(region="us-east-1", tls_mode=S3RequestTlsMode.DISABLED, signing_config=signing, part_size=5 * MIB)
    host = fakecos_server.endpoint_url.removeprefix("http://")
    headers = HttpHeaders([("Host", host), ("Content-Length", str(11 * MIB))])
    request = HttpRequest("PUT", "/photos/holiday.bin", headers, io.BytesIO(bytes(11 * MIB)))
    client.make_request(type=S3RequestType.PUT_OBJECT, request=request).finished_future.result(30)
    assert len(photos.objects["holiday.bin"].parts) == 3
