"""A season's pile: every file found, audited in a process of its own kind, and put into the store."""
