"""What takes long is done by a process of its own: the page waits for it a moment, and then shows how far it is."""
