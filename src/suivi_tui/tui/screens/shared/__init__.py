"""What several screens are made of: forms asked, sheets, exports, removals."""
