package ai.paybond.kit.springai.web;

import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Who makes a web request. With Spring Security the principal is its {@code Authentication}.
 *
 * @param principal who was authenticated; null for nobody
 * @param headers the request's headers, which may hold secrets
 */
public record Caller(@Nullable Principal principal, HttpHeaders headers) {

    /** The principal's name; null for nobody. */
    public @Nullable String name() {
        return principal == null ? null : principal.getName();
    }

    /** The name only: headers hold credentials. */
    @Override
    public String toString() {
        return "Caller[name=" + name() + "]";
    }
}
