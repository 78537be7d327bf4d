"""What writers use beside the build; the extension never imports it."""
