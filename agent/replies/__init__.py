"""Replies by kind of question, each made of claims or quotes that carry their places."""
