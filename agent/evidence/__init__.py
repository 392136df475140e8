"""What may answer a question: claims, sentences and table rows, and how well each fits."""
