"""What can be known of a rule without a document: names, units, examples, patterns, messages."""
