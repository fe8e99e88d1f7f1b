"""What S3 remembers. No HTTP, no XML, no client library."""
