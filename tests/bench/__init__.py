"""What `make bench` measures: splitting, building and serving, here and by other generators."""
