"""The outputs: each module has ``write(audits, out)``."""
