"""The command `fakecos`, one file for each of its commands."""
