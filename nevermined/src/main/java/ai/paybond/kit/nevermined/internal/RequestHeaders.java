package ai.paybond.kit.nevermined.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The headers of every request. */
public final class RequestHeaders {
    private RequestHeaders() {}

    /**
     * @param apiKey the whole key, or null for a public route
     * @param organization the organisation to act for, or null
     */
    public static Map<String, String> of(@Nullable String apiKey, String version, @Nullable String organization) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json");
        headers.put("Content-Type", "application/json");
        if (apiKey != null) {
            headers.put("Authorization", "Bearer " + apiKey);
        }
        headers.put("Nevermined-Version", version);
        if (organization != null) {
            headers.put("X-Current-Org-Id", organization);
        }
        return headers;
    }
}
