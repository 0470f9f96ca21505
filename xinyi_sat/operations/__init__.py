"""What keeps a site running: background work, and what watches over it."""
