"""django-storages: S3 as a place for the files of a Django project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.explore.libraries.acts import BUCKET, SMALL, act, three_parts

if TYPE_CHECKING:
    from tests.explore.libraries.acts import Function, Place


def storage(**keywords: Any) -> Any:
    """Return a storage over the bucket, which overwrites unless told otherwise."""
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(AWS_S3_FILE_BUFFER_SIZE=SMALL)
        django.setup()
    from storages.backends.s3 import S3Storage

    return S3Storage(bucket_name=BUCKET, region_name="us-east-1", file_overwrite=True, **keywords)


@act("django-storages", "storages")
def write(place: Place) -> Function:
    """`with storage.open(..., "wb")`: three parts over an object"""
    files, data = storage(), three_parts(SMALL)
    place.put("film")

    def run() -> None:
        with files.open("film", "wb") as file:
            for first in range(0, len(data), SMALL):
                file.write(data[first : first + SMALL])

    return run


@act("django-storages", "storages")
def save(place: Place) -> Function:
    """`storage.save` over an object"""
    from django.core.files.base import ContentFile

    files = storage()
    place.put("note")
    return lambda: files.save("note", ContentFile(b"new"))


@act("django-storages", "storages")
def read(place: Place) -> Function:
    """`with storage.open(..., "rb")`"""
    files = storage()
    place.put("film", three_parts(SMALL))

    def run() -> bytes:
        with files.open("film", "rb") as file:
            return bytes(file.read())

    return run


@act("django-storages", "storages")
def delete(place: Place) -> Function:
    """`storage.exists` and `storage.delete`"""
    files = storage()
    place.put("note")

    def run() -> bool:
        found = bool(files.exists("note"))
        files.delete("note")
        return found

    return run
