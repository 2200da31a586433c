"""Who is asked to sign first: the list, the mails, the answers by hand."""
