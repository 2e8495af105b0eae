"""Give questions and topics permanent ids, and keep every id ever published."""
