"""E-mail addresses and websites in their one form, and which addresses are one mailbox."""
