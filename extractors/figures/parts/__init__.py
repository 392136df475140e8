"""Of which part of a firm a figure is: a division, a line of business, a region, a way to sell."""
