"""`cos.race`: every order of the requests of two writers or more that can matter, and which of them lose data."""
