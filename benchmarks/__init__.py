"""Precision and recall of the toolkit against baselines on the same data, one command each."""
