"""Lists of the bureau's own that a store is held against: who has to publish, and what was approved."""
