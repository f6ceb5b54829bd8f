"""From outcomes to findings: what is taken back, what explains what, how it is worded."""
