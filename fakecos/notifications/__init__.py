"""Event notifications: what is sent of what happens to objects, to whom, and in which words.

Operations note what they do to objects while they hold the store's lock (`model.change`). When the answer is made, each
such change becomes a message for every destination of the bucket's configuration, and for every handler of the test.
"""
