package ai.paybond.kit.sandbox.internal.http;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import java.util.function.Function;

/** Which rows an administrator's list shows: {@code limit} from 1 to 200, by default 50, starting at {@code offset}. */
public record Page(long offset, int limit) {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;

    public static Page of(Request request) {
        long offset = request.number("offset", 0);
        if (offset < 0) {
            throw ApiException.invalid("offset must not be negative.");
        }
        return new Page(offset, (int) Math.min(MAX_LIMIT, Math.max(1, request.number("limit", DEFAULT_LIMIT))));
    }

    public <T> JsonObject reply(String tenantId, List<T> rows, Function<T, JsonObject> view) {
        return JsonObject.builder()
                .put("tenant_id", tenantId)
                .put("items", rows.stream().map(view).toList())
                .put("limit", limit)
                .put("offset", offset)
                .build();
    }
}
