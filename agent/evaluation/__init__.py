"""How well the program does: its answers, claims and diffs against gold files."""

from __future__ import annotations

from agent.evaluation.evaluation import Evaluation, evaluate
from agent.evaluation.gold import Gold, load_gold

__all__ = ["Evaluation", "Gold", "evaluate", "load_gold"]
