"""The door for the keyboard: `footbridge COMMAND`."""
