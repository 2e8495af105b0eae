"""Find links between questions: related ones, concepts, `#id` links in answers."""
