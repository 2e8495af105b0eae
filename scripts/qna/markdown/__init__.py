"""Read Markdown by one library, and give it as elements, plain text, links and places."""
