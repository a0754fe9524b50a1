"""The commands, a module each; what is heavy is imported inside them, so that the command line itself starts fast."""
