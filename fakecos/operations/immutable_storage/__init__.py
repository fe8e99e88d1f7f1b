"""What only IBM Cloud Object Storage has: service instances, retention, legal holds, Key Protect."""
