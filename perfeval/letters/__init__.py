"""The documents that a run over a pile leaves behind for the bureau: 问题清单, 反馈函, 情况摘要, 共性问题通报."""
