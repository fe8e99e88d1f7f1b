"""How the commonest clients are told of a server, each in one line to paste."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fakecos.serving.server import Server


def client_lines(server: Server) -> list[str]:
    """Return a line for each client, with its name before it.

    boto3, the AWS command line and s5cmd read the keys that are exported, the JavaScript SDK too; rclone's provider
    `Other` puts the bucket into the path, and older ones refuse AWS_CA_BUNDLE; mc has a variable for each server.
    (Documented by each of them; the AWS command line, boto3, rclone and s5cmd run in our tests; the JavaScript
    SDK 3 and s5cmd, which reads AWS_CA_BUNDLE, were tried by hand with TLS.)
    """
    url, variables, bundle = server.endpoint_url, server.environment, server.ca_bundle
    key, secret, region = (variables[name] for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION"))
    scheme, _, address = url.partition("://")
    rclone = f"rclone lsd :s3: --s3-provider=Other --s3-env-auth --s3-region={region} --s3-endpoint={url}"
    lines = {
        "aws": "aws s3 ls",
        "boto3": f'boto3.client("s3", endpoint_url="{url}")',
        "JavaScript": f'new S3Client({{ endpoint: "{url}", region: "{region}", forcePathStyle: true }})',
        "rclone": f"env -u AWS_CA_BUNDLE {rclone} --ca-cert={bundle}" if bundle else rclone,
        "s5cmd": f"s5cmd --endpoint-url={url} ls",
        "mc": f"MC_HOST_fake={scheme}://{key}:{secret}@{address} mc {'--insecure ' if bundle else ''}ls fake",
    }
    return [f"  {name:<10}  {line}" for name, line in lines.items()]
