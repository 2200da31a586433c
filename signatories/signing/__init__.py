"""From the form to a counted signature: submission, confirmation, codes, invitations."""
