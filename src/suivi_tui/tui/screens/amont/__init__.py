"""Screen 8: purchases before their contract, what is advised for each, and leads."""
