"""The figures of prose: clauses, statements, what each figure is of, patterns."""
