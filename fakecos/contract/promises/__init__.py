"""The promises, a file for each subject."""
