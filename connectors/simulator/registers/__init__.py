"""What the rooms of the simulated Office write into their registers."""
