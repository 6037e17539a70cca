package ai.paybond.kit.wire.recognition;

import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.time.Clock;
import java.util.Objects;

/**
 * What a proof must be about: the request that was received, byte for byte, and the key registered for its key id.
 *
 * @param body the raw bytes received, never re-serialised
 */
@SuppressWarnings("ArrayRecordComponent") // copied in, copied out
public record RecognitionExpectation(
        String tenantId,
        RecognitionPurpose purpose,
        String method,
        String path,
        byte[] body,
        VerifyingKey trustedKey,
        Clock clock) {
    public RecognitionExpectation {
        Objects.requireNonNull(tenantId, "tenantId");
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(trustedKey, "trustedKey");
        Objects.requireNonNull(clock, "clock");
        body = body.clone();
    }

    @Override
    public byte[] body() {
        return body.clone();
    }
}
