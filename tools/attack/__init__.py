"""Attacks on a running site in production: `make attack`."""
