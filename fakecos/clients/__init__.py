"""One file for each client library, and how a fake is switched on, undone, and run around tests."""
