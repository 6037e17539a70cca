package ai.paybond.kit.benchmarks;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Results of tools: a booking with as many line items as make up a size. */
final class Payloads {

    private static final int ITEM_BYTES = 92;

    private Payloads() {}

    /** About this many bytes of canonical JSON. */
    static JsonObject ofBytes(int bytes) {
        List<JsonObject> items = new ArrayList<>();
        for (int i = 0; i < (bytes - 60) / ITEM_BYTES; i++) {
            items.add(JsonObject.builder()
                    .put("sku", "room-" + i)
                    .put("name", "Chambre supérieure, vue sur cour")
                    .put("price_cents", 18_700 + i)
                    .put("nights", 2)
                    .put("refundable", i % 2 == 0)
                    .build());
        }
        return JsonObject.builder()
                .put("status", "booked")
                .put("confirmation", "H-2026-1121")
                .put("items", items)
                .build();
    }
}
