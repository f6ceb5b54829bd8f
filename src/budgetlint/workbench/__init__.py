"""For those who write rules: what an editor asks about a rule file, and the server that answers."""
