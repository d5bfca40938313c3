"""What stands out in the flow of the system by the policies of the way of working, each with what leaders could change."""

from __future__ import annotations

from dataclasses import replace

from portfolio.domain import has_errors
from portfolio.engine.flow_evidence import FlowEvidence
from portfolio.engine.past import past_in
from portfolio.engine.policy_findings import chosen_checks, policy_subject
from portfolio.policies import check_policies
from portfolio.results.flow.flow import Flow


def with_alarms(found: Flow, evidence: FlowEvidence) -> Flow:
    """The flow with what goes beyond the policies that are about it; as it is without a sound portfolio, or without history."""
    loaded = evidence.loaded
    if loaded is None or loaded.portfolio is None or has_errors(loaded.findings):
        return found
    chosen = chosen_checks(loaded.model, "flow")
    past = past_in(evidence, evidence.as_of, loaded) if chosen else None
    if past is None:
        return found
    problems = check_policies(policy_subject(loaded, loaded.portfolio, past), chosen)
    return replace(found, alarms=loaded.reading.locate(problems))
