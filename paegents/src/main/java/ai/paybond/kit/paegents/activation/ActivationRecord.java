package ai.paybond.kit.paegents.activation;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;

/**
 * What is kept of one activation.
 *
 * @param attempt counts from 1; each has an idempotency key of its own
 * @param submission the signed body; worth money until it expires
 * @param voidFrom from when on nothing signed in it can be used any more
 * @param submitted whether Paegents acknowledged it
 */
public record ActivationRecord(
        String agreementId, int attempt, JsonObject submission, Instant voidFrom, boolean submitted) {

    public ActivationRecord {
        Objects.requireNonNull(agreementId, "agreementId");
        Objects.requireNonNull(submission, "submission");
        Objects.requireNonNull(voidFrom, "voidFrom");
    }

    ActivationRecord acknowledged() {
        return new ActivationRecord(agreementId, attempt, submission, voidFrom, true);
    }

    /** The same bytes once more, which Paegents would otherwise take for the repetition it has answered. */
    ActivationRecord nextAttempt() {
        return new ActivationRecord(agreementId, attempt + 1, submission, voidFrom, false);
    }

    /** The same for every repetition of this attempt, whichever process makes it. */
    String idempotencyKey() {
        String digest = Digest32.sha256(submission.toJson().getBytes(StandardCharsets.UTF_8))
                .hex();
        return "activate:" + agreementId + ":" + attempt + ":" + digest.substring(0, 32);
    }

    JsonObject toJson() {
        return JsonObject.builder()
                .put("agreement_id", agreementId)
                .put("attempt", attempt)
                .put("submission", submission)
                .put("void_from", voidFrom.toString())
                .put("submitted", submitted)
                .build();
    }

    /** Empty for what is no record. */
    static Optional<ActivationRecord> parse(byte[] utf8) {
        try {
            JsonObject json = JsonObject.parse(utf8);
            return Optional.of(new ActivationRecord(
                    json.string("agreement_id").orElseThrow(),
                    Math.toIntExact(json.integer("attempt").orElseThrow()),
                    json.object("submission").orElseThrow(),
                    Instant.parse(json.string("void_from").orElseThrow()),
                    json.bool("submitted").orElseThrow()));
        } catch (WireException | DateTimeException | ArithmeticException | NoSuchElementException e) {
            return Optional.empty();
        }
    }

    /** Without the submission, which may be worth money. */
    @Override
    public String toString() {
        return "ActivationRecord[agreementId=" + agreementId + ", attempt=" + attempt + ", submitted=" + submitted
                + "]";
    }
}
