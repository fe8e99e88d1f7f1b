def save_all(s3, photos):
    for key, body in photos.items():
        if not exists(s3, key):
            s3.put_object(Bucket="photos", Key=key, Body=body)


def exists(s3, key):
    try:
        s3.head_object(Bucket="photos", Key=key)
    except s3.exceptions.ClientError:
        return False
    return True
