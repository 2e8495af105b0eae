"""Write files for programs: data, Markdown twins, navigation, security policies."""
