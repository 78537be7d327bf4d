"""Sources -> doctrees -> facts."""
