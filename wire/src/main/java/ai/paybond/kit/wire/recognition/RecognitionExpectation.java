package ai.paybond.kit.wire.recognition;

import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.time.Clock;
import java.util.Objects;

/**
 * What a proof must be about: the request that was received, byte for byte, and the key registered for its key id.
 * Everything is compared exactly. Source: Paybond Kit wire format, section 9; the kit it describes signs only, so what
 * a verifier checks is this library's own.
 *
 * @param tenantId the tenant of the authenticated caller
 * @param method in upper case
 * @param path as received, without scheme and host
 * @param trustedKey the key registered under the proof's {@link RecognitionProof#keyId()}
 * @param clock tells whether the proof is alive; a proof may be issued up to 60 seconds ahead of it
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
