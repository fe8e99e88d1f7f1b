"""The control door: JSON over HTTP by which tests in any language arrange a served fake, break it, and look at it.

Every address stands in one table, `routes.py`, with the forms of what it takes and answers. Requests are judged by that
table, the OpenAPI document is made of it, and the reference page too.
"""
