"""What a week brought: changes, news, names met for the first time, standing queries."""
