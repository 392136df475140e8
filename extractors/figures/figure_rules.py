"""Rules of figures, each on what those before it leave.

Most have nothing to do where every figure of a sentence is told; ``DATED`` tell years as well.
"""

from __future__ import annotations

from extractors.figures.attributes import match_attributes
from extractors.figures.compared_traits import match_compared_traits
from extractors.figures.continuing import match_continuing
from extractors.figures.counted_deeds import match_counted
from extractors.figures.fragments import match_fragments
from extractors.figures.glossed_sums import match_glossed
from extractors.figures.joint_sums import match_apiece
from extractors.figures.listed_figures import match_listed_figures
from extractors.figures.members import match_members
from extractors.figures.placed_shares import match_placed
from extractors.figures.profile_figures import match_profile_figures
from extractors.figures.quantities import match_quantities
from extractors.figures.revisions import match_revisions
from extractors.figures.savings import match_savings
from extractors.figures.tier_prices import match_tier_prices
from extractors.figures.used_by import match_used

FIGURES = (
    match_fragments,
    match_revisions,
    match_attributes,
    match_members,
    match_savings,
    match_tier_prices,
    match_continuing,
    match_profile_figures,
    match_counted,
    match_listed_figures,
    match_compared_traits,
    match_quantities,
    match_apiece,
    match_glossed,
    match_placed,
    match_used,
)

DATED = (match_fragments, match_profile_figures)
