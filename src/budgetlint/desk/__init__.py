"""The clerk's desk: a page in the browser, served to this machine alone."""
