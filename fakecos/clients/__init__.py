"""The edges: one file per client library, and how a fake is switched on, undone, and run around tests."""
