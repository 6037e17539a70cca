package ai.paybond.kit.springai.web;

import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.springai.TurnGuard;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import reactor.core.publisher.Mono;

/**
 * The guard of the caller of the servlet request that a turn begins in. Looks at the request on the thread that begins the turn,
 * which Spring MVC has bound to it; where the tools run, only the turn's handle matters. Thread-safe.
 */
public final class ServletCallers implements TurnGuard {

    private final CallerGuards guards;

    public ServletCallers(CallerGuards guards) {
        this.guards = Objects.requireNonNull(guards, "guards");
    }

    @Override
    public Mono<ToolGuard> guardFor(ChatClientRequest request) {
        return Mono.fromSupplier(this::guard);
    }

    private @Nullable ToolGuard guard() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? guards.guardOf(callerOf(attributes.getRequest()))
                : null;
    }

    private static Caller callerOf(HttpServletRequest request) {
        HttpHeaders headers = new HttpHeaders();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.addAll(name, Collections.list(request.getHeaders(name)));
        }
        return new Caller(request.getUserPrincipal(), headers);
    }
}
