"""Draw preview cards, the pictures that come along with a shared link."""
