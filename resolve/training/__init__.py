"""Scripts that learn the tables and parameters that ship, each from data that may be used so."""
