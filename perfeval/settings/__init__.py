"""perfeval.toml: what a bureau has decided: schemes, severities, waivers, a baseline, names of columns and units."""
