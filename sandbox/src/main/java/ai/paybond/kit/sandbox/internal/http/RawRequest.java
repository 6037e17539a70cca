package ai.paybond.kit.sandbox.internal.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request as received, without a route. Header names are lower case. */
public record RawRequest(
        String method, List<String> path, Map<String, String> query, Map<String, String> headers, byte[] body) {

    public Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }
}
