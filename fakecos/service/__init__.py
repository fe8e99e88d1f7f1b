"""Where a request becomes an answer."""
