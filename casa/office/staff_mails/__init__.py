"""Mails to staff: what waits for whom, what came back, and the week in numbers."""
