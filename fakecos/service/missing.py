"""What a request named and is not there: the bucket, the key, the version, the upload; and what is there instead."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote, unquote_plus

from fakecos.service.refused import NAMED, argument, names_near, quoted
from fakecos.service.text_table import short_id

if TYPE_CHECKING:
    from fakecos.model.bucket import Bucket
    from fakecos.model.upload import EndedUpload
    from fakecos.service.refused import Refused, Why

COMPARED = 200
"""How many keys of a bucket are compared with one that is not there."""


def no_such_bucket(refused: Refused) -> Why:
    """Say which buckets there are, those of the nearest names first."""
    name = refused.field("BucketName") or refused.bucket_name or ""
    there = tuple(islice(refused.store.buckets, COMPARED))
    total = len(refused.store.buckets)
    if not there:
        return f"there are no buckets. Create it before: cos.create_bucket({argument(name, 'name')})."
    return lambda: (
        f"the buckets there are: {names_near(name, there, total)}. Correct the name, or create it before: "
        f"cos.create_bucket({argument(name, 'name')})."
    )


def _keys_near(bucket: Bucket, key: str) -> tuple[str, ...]:
    """Return keys to compare with one: all of a small bucket, of a large one its neighbours and some ways to write it.

    Without looking at every key: a bucket may hold millions.
    """
    objects = bucket.objects
    if len(objects) <= COMPARED:
        return tuple(objects)
    written = (key.lstrip("/"), f"/{key}", key.rstrip("/"), f"{key}/", key.lower(), unquote(key), unquote_plus(key))
    found = [other for other in (*written, key.removeprefix(f"{bucket.name}/")) if other in objects]
    first = max(objects.place_of(key) - NAMED * 2, 0)
    found += [other for place in range(first, first + NAMED * 4) if (other := objects.at(place)) is not None]
    return tuple(dict.fromkeys(found))


def no_such_key(refused: Refused) -> Why | None:
    """Say which keys there are, or that the object was deleted; also of the source of a copy."""
    key, bucket = refused.field("Key"), refused.bucket
    source = refused.params.get("CopySource")
    if isinstance(source, str) and key != refused.key:
        path = unquote_plus(source.partition("?versionId=")[0]).lstrip("/")
        bucket = refused.store.buckets.get(path.partition("/")[0])
    if bucket is None:
        return None
    key = key.removeprefix(f"{bucket.name}/") if key not in {refused.key, ""} and source is None else key
    newest = bucket.newest(key)
    if newest is not None and newest.is_delete_marker:
        return (
            f"the object was deleted at {newest.last_modified:%H:%M:%S}: its newest version is a delete marker. Read "
            "an older version by its VersionId, or delete the marker by its own."
        )
    name, put = bucket.name, f'cos.put_object("{bucket.name}", {argument(key, "key")}, b"...")'
    there, total = _keys_near(bucket, key), len(bucket.objects)
    if not there:
        return f"the bucket {name} has no objects. Put it before: {put}."
    few = "keys" if total <= NAMED else "nearest keys"
    return lambda: f"the {few} in {name}: {names_near(key, there, total)}. Correct the key, or put it before: {put}."


def no_such_version(refused: Refused) -> Why | None:
    """Say which versions the key has."""
    bucket, key = refused.bucket, refused.key
    if bucket is None or key is None:
        return None
    if bucket.versioning is None:
        return 'the bucket never had versioning: the only version id there is "null". Leave VersionId away.'
    there = [short_id(version.version_id) for version in islice(bucket.versions_of(key), NAMED)]
    listed = "client.list_object_versions has them in full."
    if not there:
        return f"the key has no versions: nothing was put there, or all were deleted. {listed}"
    return f"the versions of the key, the newest first: {', '.join(there)}. {listed}"


def no_such_upload(refused: Refused) -> Why | None:
    """Say what became of the upload, of which key or bucket it is, or which uploads are open."""
    bucket, given = refused.bucket, refused.field("UploadId")
    if bucket is None:
        return None
    shown, ended, upload = short_id(given), bucket.ended.get(given), bucket.uploads.get(given)
    if ended is not None:
        return f"the upload {shown} {_end_of(ended, refused)}"
    if upload is not None:
        return f"the upload {shown} is open, but for the key {quoted(upload.key)}: use its Key and UploadId together."
    for other in islice(refused.store.buckets.values(), COMPARED):
        if given in other.uploads:
            return f"the upload {shown} is open in the bucket {other.name}: use its Bucket, Key and UploadId together."
    there = [f"{short_id(each.upload_id)} of {quoted(each.key)}" for each in islice(bucket.uploads.values(), NAMED)]
    more = f" and {len(bucket.uploads) - NAMED:,} more" if len(bucket.uploads) > NAMED else ""
    opened = f"open in {bucket.name}: {', '.join(there)}{more}" if there else f"no upload is open in {bucket.name}"
    return f"no upload here ever had the id {shown}; {opened}. Use the UploadId that create_multipart_upload answered."


def _end_of(ended: EndedUpload, refused: Refused) -> str:
    how = "aborted" if ended.answer is None else "completed"
    at = f"was {how} at {ended.ended:%H:%M:%S}"
    if ended.key != refused.key:
        return f"{at}, and was of the key {quoted(ended.key)}: use the Key and UploadId of one upload together."
    if how == "completed" and refused.call.operation == "CompleteMultipartUpload":
        return (
            f"{at}. A second Complete gets the first answer only with the same list of parts, and as long as the "
            "object is there: send the same list, or create a new upload."
        )
    return f"{at}: create a new upload, and send nothing for an upload after its end."
