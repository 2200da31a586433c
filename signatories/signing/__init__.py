"""How a form becomes a counted signature: submission, confirmation, codes, invitations."""
