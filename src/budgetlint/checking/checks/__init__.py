"""What the rule language cannot say: checks in Python."""
