"""Pages from elsewhere: archives, dialects, plan, journal, report."""
