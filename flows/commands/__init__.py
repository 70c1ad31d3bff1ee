"""The commands, by what they are for. Heavy modules are imported when a command runs."""
