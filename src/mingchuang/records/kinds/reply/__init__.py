"""Answers to proposals (建议提案复文)."""
