import s3fs


def archive(folder, bucket):
    """Copy a folder into a bucket, and return what is there then."""
    fs = s3fs.S3FileSystem()
    fs.put(folder, bucket, recursive=True)
    return fs.find(bucket)
