"""What happens between the events of a build: when pages are out of date, what is written beside them."""
