"""A bureau's season: many documents checked into a store, seen on one page, held against lists of its own."""
