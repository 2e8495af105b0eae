"""Draw preview cards: the pictures shown with shared links."""
