"""What a test's author arranges, looks at and asserts."""
