"""What a report says, and where: readers, outline, tables and passages."""
