"""How assertions look at a fake, and what they say when they fail: what was expected, what is there, what is near."""
