"""Guards around strangers' bytes: archives, XML, compound files, the child process."""
