"""Mail to many: updates, reminders, correction notices, followers."""
