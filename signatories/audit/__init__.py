"""A count anybody can check: leaves, the seals over them, and what compares both with the rows."""
