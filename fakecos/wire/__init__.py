"""The HTTP of S3: messages, addresses, framing, and the codec that the service model drives."""
