"""The back office: admin site, first screen, roles, history, help."""
