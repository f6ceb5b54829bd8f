"""Web pages, also those that office programs save."""
