"""Relations found, not written: what holds in nearly all documents of a corpus and no known rule says."""
