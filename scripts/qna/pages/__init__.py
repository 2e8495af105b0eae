"""Write the Markdown files from which the engines build pages."""
