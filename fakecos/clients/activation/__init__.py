"""What every client has in common: switching on and off, patches that are undone, and the guard of the network."""
