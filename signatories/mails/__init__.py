"""What signers, organizations and followers are written, and what all mails have in common."""
