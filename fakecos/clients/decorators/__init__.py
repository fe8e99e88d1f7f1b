"""`@FakeCOS()`: functions and test classes, run with a fresh fake."""
