"""Values: what S3 says, counts and computes. Standard library and checksum libraries only."""
