"""Handles the events of a build, finds outdated pages, and writes files beside the pages."""
