"""What promises have in common: how to store, upload and delete, and how answers and refusals are compared."""
