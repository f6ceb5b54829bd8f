"""Commands of a bureau's season: they work on a store of results."""
