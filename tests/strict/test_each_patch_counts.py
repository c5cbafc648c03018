"""No test here can pass by chance: on the emulator as it comes, every one of them fails."""

from tests.strict.without import Run


def test_every_rule_is_broken_without_its_patch(without_patches: Run):
    outcomes = without_patches.outcomes()
    assert outcomes, "no test was run"
    # An assertion of the test itself failed; anything else proves nothing.
    kind = {test: found for test, found in outcomes.items() if "failure" not in found}
    assert kind == {}, "these say nothing of local/strict"
