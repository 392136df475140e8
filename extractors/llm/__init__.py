"""Claims by a language model, asked passage by passage and checked one by one."""
