"""What S3 does: one function per operation, parameters in, an answer's members out."""
