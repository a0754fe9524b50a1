"""Reads a self-evaluation report: bytes in, a typed report out.

Never imports ``verifier`` or ``perfeval``; the public names are in ``perfeval``.
"""
