"""Read what people write: the source of questions and answers, and the editorial files."""
