"""Tables into claims, by what their headers, captions and notes say."""
