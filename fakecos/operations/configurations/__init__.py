"""The documents that configure a bucket: a table of kinds (`kinds.py`), and the rules of each kind."""
