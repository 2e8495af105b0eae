"""What `mkdocs.yml` says of how the site looks: which settings work, the colors, the icon."""
