"""Write the Markdown files that the engines build pages from."""
