"""The commands: one file each, by the command's name."""
