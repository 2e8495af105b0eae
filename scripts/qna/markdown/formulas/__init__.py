"""Turn formulas in TeX into MathML and plain text."""
