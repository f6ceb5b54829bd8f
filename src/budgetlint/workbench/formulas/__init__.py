"""The Ministry's audit formulas (行列公式) taken over as rules: read, parsed, named, written."""
