"""What every room needs: states, events, tally, tokens, referrals, bounces, mails in common."""
