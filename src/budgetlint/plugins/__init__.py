"""Plugins: the hooks, what the core itself registers through them, and how plugins are found and called."""
