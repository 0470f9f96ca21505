"""What was changed since it was published: what a change says, the public log, the marks beside figures."""
