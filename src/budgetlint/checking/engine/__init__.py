"""From a plan to outcomes: references resolved, expressions evaluated, comparisons decided."""
