"""How a run goes: gather, read, join, structure, name, check, waive, report."""
