package ai.paybond.kit.sandbox.internal.receipt;

import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.http.Request;
import ai.paybond.kit.wire.attestation.ExternalAttestation;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What the sender of evidence asks to have in its receipt: attestations of others, and the run it belongs to. */
public record ReceiptHeaders(JsonArray attestations, Optional<String> runId) {
    private static final int MAX_ATTESTATIONS = 16;

    /** @throws ApiException 400 for attestations that are no list of objects */
    public static ReceiptHeaders of(Request request) {
        return new ReceiptHeaders(
                request.header(ExternalAttestation.HEADER)
                        .map(ReceiptHeaders::parse)
                        .orElseGet(() -> JsonArray.of(List.of())),
                request.header(ExternalAttestation.RUN_HEADER).filter(ReceiptHeaders::isUuid));
    }

    private static JsonArray parse(String header) {
        try {
            if (JsonValue.parse(header) instanceof JsonArray list
                    && list.items().size() <= MAX_ATTESTATIONS
                    && list.objectItems().count() == list.items().size()) {
                return list;
            }
        } catch (JsonException e) {
            throw malformed();
        }
        throw malformed();
    }

    private static ApiException malformed() {
        return ApiException.invalid(ExternalAttestation.HEADER + " must be a list of at most 16 objects.");
    }

    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equalsIgnoreCase(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
