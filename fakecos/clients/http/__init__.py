"""Plain HTTP: one file for each library."""
