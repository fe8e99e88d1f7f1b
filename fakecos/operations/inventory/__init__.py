"""S3 Inventory: when lists are due, what stands in them, and how they are written."""
