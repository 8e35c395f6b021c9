"""What companies look to fill, the people proposed, and what became of them."""
