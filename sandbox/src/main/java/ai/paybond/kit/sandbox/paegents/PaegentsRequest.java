package ai.paybond.kit.sandbox.paegents;

import java.util.Map;

/**
 * A request that the sandbox received, before it was judged.
 *
 * @param headers by lower-case name, credentials included
 */
public record PaegentsRequest(String method, String path, Map<String, String> headers, String body) {

    /** Method and path. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
