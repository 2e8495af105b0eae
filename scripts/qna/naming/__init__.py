"""Give questions and topics permanent names, and keep every name ever published."""
