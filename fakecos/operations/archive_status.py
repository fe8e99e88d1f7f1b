"""What Get and Head of COS tell of an archived object: its transition, and the class of its restored copy."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from fakecos.facts.http_dates import http_date
from fakecos.operations.context import ServiceRules
from fakecos.operations.restore_object import ARCHIVED, restore_fields

if TYPE_CHECKING:
    from fakecos.model.bucket import Bucket
    from fakecos.model.object import StoredObject
    from fakecos.wire.types import ArchiveFields, ServiceFields

TRANSITIONS = {"GLACIER": "ARCHIVE"}  # documented: IBM's example; of another class the name itself (assumed)
STANDARD = "Standard"
EVER = dt.datetime.max.replace(tzinfo=dt.timezone.utc)


class ArchiveStatus(ServiceRules):
    """What COS reports of archived objects."""

    def object_fields(self, bucket: Bucket, stored: StoredObject) -> ServiceFields:
        """Return the members that tell of an archived object."""
        return {**fields_of(bucket, stored), **super().object_fields(bucket, stored)}


def scheduled(bucket: Bucket, stored: StoredObject) -> ArchiveFields:
    """Return when a rule of the bucket will archive an object (ibm-cos 7.4; that it is a date of HTTP: assumed)."""
    found = bucket.lifecycle and bucket.lifecycle.move(stored, EVER)
    return {"IbmArchiveTransitionTime": found[0]} if found and found[1] in ARCHIVED else {}


def fields_of(bucket: Bucket, stored: StoredObject) -> ArchiveFields:
    """Return when an object will be archived, or of an archived one IbmTransition.

    There is IbmRestoredCopyStorageClass while there is a restored copy or one is made (documented). An object that was
    put into its class was archived when it was stored (assumed), another when a rule moved it. AWS's model has none of
    these members.
    """
    storage_class = stored.attributes.storage_class
    if storage_class not in ARCHIVED:
        return scheduled(bucket, stored)
    moment = http_date(stored.attributes.moved or stored.last_modified)
    transition = TRANSITIONS.get(storage_class, storage_class)
    fields: ArchiveFields = {"IbmTransition": f'transition="{transition}", date="{moment}"'}
    if restore_fields(stored.attributes.restore):
        kind = (bucket.location or "").rpartition("-")[2]
        fields["IbmRestoredCopyStorageClass"] = kind.capitalize() if bucket.location else STANDARD
    return fields
