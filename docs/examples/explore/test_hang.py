import queue
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from fakecos import ExplorationError

FILES = {"a.txt": b"one", "b.txt": b"two"}


def upload_all(s3, files):
    jobs = queue.Queue()

    def work():
        while True:
            name, data = jobs.get()
            s3.put_object(Bucket="box", Key=name, Body=data)
            jobs.task_done()

    threading.Thread(target=work, daemon=True).start()
    for job in files.items():
        jobs.put(job)
    jobs.join()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_nobody_is_left_to_do_the_job(cos, s3):
    with pytest.raises(ExplorationError, match="hang"):
        cos.explore(lambda: upload_all(s3, FILES), failures=["AccessDenied"], crashes=False)


def upload_all_or_raise(s3, files):
    with ThreadPoolExecutor(max_workers=2) as pool:
        jobs = [pool.submit(s3.put_object, Bucket="box", Key=name, Body=data) for name, data in files.items()]
    for job in jobs:
        job.result()


def test_the_error_of_a_worker_reaches_the_caller(cos, s3):
    cos.explore(lambda: upload_all_or_raise(s3, FILES))
