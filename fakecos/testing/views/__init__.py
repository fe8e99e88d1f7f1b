"""What a fake holds, to look at: views that read the store when they are asked, and that change nothing.

All times are in UTC, all sizes in bytes, and all ETags are without quotes.
"""

from fakecos.testing.views.buckets import BucketView
from fakecos.testing.views.objects import DeleteMarkerView, ObjectView, PartView
from fakecos.testing.views.uploads import UploadView

__all__ = ["BucketView", "DeleteMarkerView", "ObjectView", "PartView", "UploadView"]
