"""`fakecos migrate-from-moto`: test files that use moto for S3, rewritten for fakecos where that is safe.

Law of this room: it changes what it understands, and says of everything else, with its line, why it is left.
"""
