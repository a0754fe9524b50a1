"""A corrected report against the one that was sent back: 已改, 未改, 新增, and figures that nobody asked to change."""
