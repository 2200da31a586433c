"""Uploaded files and pictures, and words drawn into pictures."""
