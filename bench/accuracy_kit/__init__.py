"""A generator of reports whose every figure is known, of errors in them, and the measure of what perfeval makes of both."""
