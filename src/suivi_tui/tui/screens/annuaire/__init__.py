"""Screen 9: facilitators, référents, insertion structures, and who covers a commune."""
