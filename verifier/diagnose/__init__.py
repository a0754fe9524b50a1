"""Why figures disagree: ordinary slips of a hand, and the one figure whose repair makes a relation hold."""
