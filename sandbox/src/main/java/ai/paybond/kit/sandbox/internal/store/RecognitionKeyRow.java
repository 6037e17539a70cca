package ai.paybond.kit.sandbox.internal.store;

/** A registered recognition key; the sandbox keeps the seed so that it can hand it to the tests that sign with it. */
public record RecognitionKeyRow(String tenantId, String keyId, String seed, boolean revoked) {
    @Override
    public String toString() {
        return "RecognitionKeyRow[" + tenantId + ", " + keyId + "]";
    }
}
