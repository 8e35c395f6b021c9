"""One contract: its sheet, its forms."""
