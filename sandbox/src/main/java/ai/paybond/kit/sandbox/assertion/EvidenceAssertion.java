package ai.paybond.kit.sandbox.assertion;

import ai.paybond.kit.sandbox.SandboxRecords.Evidence;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be said of accepted evidence. */
public final class EvidenceAssertion {
    private final Evidence evidence;

    /** @param evidence as it was accepted */
    public EvidenceAssertion(Evidence evidence) {
        this.evidence = evidence;
    }

    /** Its payload is this, member order aside. */
    public EvidenceAssertion hasPayload(JsonValue expected) {
        Expectation.equal("payload", expected, evidence.payload(), evidence);
        return this;
    }

    /** Its payload has this text at its top level. */
    public EvidenceAssertion hasPayloadMember(String name, String expected) {
        Expectation.equal(name, expected, object().string(name).orElse(null), evidence);
        return this;
    }

    /** Its payload has this whole number at its top level. */
    public EvidenceAssertion hasPayloadMember(String name, long expected) {
        @Nullable Long actual = object().get(name) instanceof JsonNumber
                ? object().integer(name).orElse(null)
                : null;
        Expectation.equal(name, expected, actual, evidence);
        return this;
    }

    private JsonObject object() {
        return evidence.payload() instanceof JsonObject object
                ? object
                : JsonObject.builder().build();
    }

    /** These artifacts came with it, as BLAKE3 in hex, in this order. */
    public EvidenceAssertion hasArtifacts(String... blake3Hex) {
        Expectation.equal("artifacts", List.of(blake3Hex), evidence.artifacts(), evidence);
        return this;
    }

    /** Its signature fits this generation, 1 or 2. */
    public EvidenceAssertion hasSigningVersion(int expected) {
        Expectation.equal("signing version", expected, evidence.signingVersion(), evidence);
        return this;
    }

    /** The intent's predicate held. */
    public EvidenceAssertion passed() {
        Expectation.equal("the predicate's answer", true, evidence.predicatePassed(), evidence);
        return this;
    }

    /** The intent's predicate did not hold. */
    public EvidenceAssertion failed() {
        Expectation.equal("the predicate's answer", false, evidence.predicatePassed(), evidence);
        return this;
    }

    /** It, for any other assertion. */
    public Evidence actual() {
        return evidence;
    }
}
