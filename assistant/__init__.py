"""What people do with the library."""
