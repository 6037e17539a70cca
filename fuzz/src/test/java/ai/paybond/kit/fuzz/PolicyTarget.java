package ai.paybond.kit.fuzz;

import ai.paybond.kit.policy.Policy;
import ai.paybond.kit.policy.PolicyException;
import ai.paybond.kit.policy.PolicyParser;
import ai.paybond.kit.policy.PolicyPreset;
import java.util.ArrayList;
import java.util.List;

/** Policies in YAML: what one was read from is written and read again as the same policy. */
final class PolicyTarget implements FuzzTarget {
    private final PolicyParser parser = PolicyParser.standard().acceptingOpenDefault();
    private final PolicyParser strict = PolicyParser.standard().strict();

    @Override
    public void run(byte[] bytes) {
        Input input = new Input(bytes);
        PolicyParser chosen = input.choice(2) == 0 ? parser : strict;
        try {
            Policy policy = chosen.parse(input.text());
            if (!chosen.parse(policy.toYaml()).digest().equals(policy.digest())) {
                throw new AssertionError("a policy is another one when it was written and read");
            }
            policy.registry();
            policy.versionLabel();
        } catch (PolicyException declared) {
            // what parsing says it throws
        }
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (PolicyPreset preset : PolicyPreset.values()) {
            seeds.add(Input.of('a', preset.policy().toYaml()));
            seeds.add(Input.of('b', preset.policy().toYaml()));
        }
        return seeds;
    }
}
