"""Signatures: read, judged by their form and time, and verified where the keys are known."""
