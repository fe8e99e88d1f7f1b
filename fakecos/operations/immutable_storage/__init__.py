"""What only IBM Cloud Object Storage has: Immutable Object Storage, which is retention and legal holds."""
