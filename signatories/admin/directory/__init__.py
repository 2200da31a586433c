"""Screens that keep the directory of organizations tidy: merge, split, undo, likely duplicates."""
