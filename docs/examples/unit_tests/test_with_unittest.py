import unittest

import fakecos
from uploader import upload


@fakecos.FakeCOS()
class FreshStoreTest(unittest.TestCase):
    def setUp(self):
        self.photos = fakecos.current().create_bucket("photos")

    def test_upload(self):
        upload(b"holiday", "photos", "a.jpg")
        self.assertIn("a.jpg", self.photos.objects)


class OneStoreTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cos = fakecos.FakeCOS().start()
        cls.addClassCleanup(cos.stop)
        cls.photos = cos.create_bucket("photos")

    def test_upload(self):
        upload(b"holiday", "photos", "a.jpg")
        self.assertEqual(self.photos.objects["a.jpg"].size, 7)
