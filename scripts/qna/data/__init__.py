"""Write what programs read: data files, Markdown twins, navigation, policies."""
