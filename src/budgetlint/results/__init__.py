"""What a run yields: outcomes, findings, the report, waivers, unread files, and their words in two languages."""
