"""The loopback door: HTTP on a socket of this machine, for clients that no patch reaches. Imported when opened."""
