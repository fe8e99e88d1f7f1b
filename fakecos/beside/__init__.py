"""A real service beside the fake: the same requests are sent there, and the answers are compared."""
