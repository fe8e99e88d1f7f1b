import pytest
from fakecos import FakeCOS, Limits


@pytest.fixture
def cos():
    with FakeCOS(limits=Limits(min_part_size=1)) as cos:
        cos.create_bucket("box")
        yield cos


@pytest.fixture
def s3(cos):
    return cos.client()
