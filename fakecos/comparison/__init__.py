"""Two services' answers to the same requests: normalised, compared, and what is never asked of one that is no fake."""
