"""The services that speak S3: each is its data, and how a request for it is recognised."""
