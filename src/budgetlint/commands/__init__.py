"""One module a command: it is given the options and the settings, prints, and returns the exit code."""
