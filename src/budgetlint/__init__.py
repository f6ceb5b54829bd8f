"""budgetlint: a rule-driven linter for budget and final-account disclosure documents."""
