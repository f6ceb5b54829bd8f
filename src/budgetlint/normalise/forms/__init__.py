"""Forms whose inner headers stand at different heights: goal sheets, self-evaluations."""
