"""What somebody says, demands or expects, and who it is."""
