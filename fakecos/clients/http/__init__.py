"""Libraries of HTTP: one file for each."""
