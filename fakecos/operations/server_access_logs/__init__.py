"""Server access logs: the form of a record, what S3 notes of its own actions, and how records become objects."""
