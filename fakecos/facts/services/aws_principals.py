"""What the services of AWS are called that write into buckets by themselves."""

S3 = "s3.amazonaws.com"
"""In a bucket policy, of inventories (documented: aws-logs-and-inventory 23)."""
LOGGING = "logging.s3.amazonaws.com"
"""In a bucket policy, of server access logs (documented: aws-logs-and-inventory 14)."""
REQUESTER = f"svc:{S3}"
"""In a record of an access log (reported: aws-logs-and-inventory 11)."""


def endpoint_of(service: str, region: str) -> str:
    """Return the host of a service of AWS in a region, as kms:ViaService names it too (documented)."""
    return f"{service}.{region}.amazonaws.com"
