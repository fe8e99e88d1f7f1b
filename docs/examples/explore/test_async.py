import asyncio

FILES = {"a.txt": b"one", "b.txt": b"two"}


async def store(s3, files):
    sent = (asyncio.to_thread(s3.put_object, Bucket="box", Key=name, Body=data) for name, data in files.items())
    await asyncio.gather(*sent)


def test_every_failure_reaches_the_caller(cos, s3):
    async def act():
        await store(s3, FILES)

    asyncio.run(cos.explore_async(act))
