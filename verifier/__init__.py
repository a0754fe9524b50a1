"""Works out what a report should say: a typed report in, an audit out.

Sees ``extractor.model`` and nothing that reads files; the public names are in ``perfeval``.
"""
