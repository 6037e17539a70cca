package ai.paybond.kit.approval;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Instant;

/** Calls that wait for a person. */
public final class Requests {
    public static final String ID = "770e8400-e29b-41d4-a716-446655440000";
    public static final String INTENT = "550e8400-e29b-41d4-a716-446655440000";
    public static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private Requests() {}

    public static ApprovalRequest booking(JsonObject arguments) {
        return booking(ID, arguments);
    }

    public static ApprovalRequest booking(String requestId, JsonObject arguments) {
        return new ApprovalRequest(
                requestId,
                "tenant-a",
                INTENT,
                "call-7",
                "bookHotel",
                "travel.book_hotel",
                18_705,
                "usd",
                arguments,
                Digest32.ofCanonical(arguments).hex(),
                "approval_required",
                NOW,
                NOW.plusSeconds(60));
    }
}
