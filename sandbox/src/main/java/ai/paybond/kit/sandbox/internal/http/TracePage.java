package ai.paybond.kit.sandbox.internal.http;

import ai.paybond.kit.sandbox.internal.trace.TraceFeed;
import ai.paybond.kit.sandbox.internal.trace.TraceSnapshot;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Serves the page, its style and its script from the class path, and streams what changes to it. Nothing comes from
 * anywhere else, and the page may do nothing but ask this server. Reads only: it cannot change what it shows.
 */
public final class TracePage {
    private static final String RESOURCES = "/ai/paybond/kit/sandbox/trace/";
    private static final Map<String, String> TYPES = Map.of(
            "index.html", "text/html; charset=utf-8",
            "device.html", "text/html; charset=utf-8",
            "trace.css", "text/css; charset=utf-8",
            "trace.js", "text/javascript; charset=utf-8");
    private static final Set<String> FIRST_PAGES = Set.of("/", "/device");
    private static final int MAX_WATCHERS = 4;
    private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final TraceSnapshot snapshot;
    private final TraceFeed feed;
    private final Semaphore watchers = new Semaphore(MAX_WATCHERS);

    public TracePage(TraceSnapshot snapshot, TraceFeed feed) {
        this.snapshot = snapshot;
        this.feed = feed;
    }

    /** Mounts the page at {@code /}, its parts below {@code /trace/}, and what a person sees who is sent to {@code /device}. */
    public void mount(RoutingHandler handler) {
        handler.get("/", guarded(http -> asset(http, "index.html")));
        handler.get("/device", guarded(http -> asset(http, "device.html")));
        handler.get("/trace/trace.css", guarded(http -> asset(http, "trace.css")));
        handler.get("/trace/trace.js", guarded(http -> asset(http, "trace.js")));
        handler.get(
                "/trace/snapshot",
                guarded(http -> json(http, snapshot.take(feed.version()).toJson())));
        handler.get(
                "/trace/verify", guarded(http -> json(http, snapshot.verify().toJson())));
        handler.get("/trace/picture.js", guarded(this::firstPicture));
        handler.get("/trace/events", guarded(this::stream));
    }

    private static HttpHandler guarded(HttpHandler next) {
        return http -> {
            var headers = http.getResponseHeaders();
            headers.put(new HttpString("content-security-policy"), POLICY);
            headers.put(new HttpString("x-content-type-options"), "nosniff");
            headers.put(new HttpString("referrer-policy"), "no-referrer");
            headers.put(new HttpString("cross-origin-resource-policy"), "same-origin");
            headers.put(Headers.CACHE_CONTROL, "no-store");
            if (isFromElsewhere(http)) {
                http.setStatusCode(403);
            } else {
                next.handleRequest(http);
            }
        };
    }

    /** A page of another origin may link to this one, but not read parts of it. */
    private static boolean isFromElsewhere(HttpServerExchange http) {
        @Nullable String site = http.getRequestHeaders().getFirst("sec-fetch-site");
        return !FIRST_PAGES.contains(http.getRequestPath())
                && site != null
                && !site.equals("same-origin")
                && !site.equals("none");
    }

    /** What there is to see when the page opens, so that it is drawn at once. */
    private void firstPicture(HttpServerExchange http) throws IOException {
        http.getResponseHeaders().put(Headers.CONTENT_TYPE, TYPES.get("trace.js"));
        String script =
                "window.paybondPicture = " + snapshot.take(feed.version()).toJson() + ";";
        try (OutputStream out = http.getOutputStream()) {
            out.write(script.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void asset(HttpServerExchange http, String name) throws IOException {
        http.getResponseHeaders().put(Headers.CONTENT_TYPE, TYPES.get(name));
        try (InputStream in = TracePage.class.getResourceAsStream(RESOURCES + name);
                OutputStream out = http.getOutputStream()) {
            Objects.requireNonNull(in, name).transferTo(out);
        }
    }

    private static void json(HttpServerExchange http, String text) throws IOException {
        http.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        try (OutputStream out = http.getOutputStream()) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Server-sent events: the whole picture at once and after every change. A few watchers only; each takes a thread. */
    private void stream(HttpServerExchange http) throws IOException {
        if (!watchers.tryAcquire()) {
            http.setStatusCode(503);
            return;
        }
        http.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/event-stream");
        try (OutputStream out = http.getOutputStream()) {
            long seen = -1;
            while (!feed.isClosed()) {
                long version = seen < 0 ? feed.version() : feed.await(seen, HEARTBEAT_NANOS);
                out.write(message(version, seen).getBytes(StandardCharsets.UTF_8));
                out.flush();
                seen = version;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watchers.release();
        }
    }

    private String message(long version, long seen) {
        return version == seen
                ? ": still here\n\n"
                : "data: " + snapshot.take(version).toJson() + "\n\n";
    }
}
