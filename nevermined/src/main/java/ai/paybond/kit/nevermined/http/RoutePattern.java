package ai.paybond.kit.nevermined.http;

import ai.paybond.kit.ConfigurationException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A method and a path in which {@code :name} stands for one segment and {@code *name}, at the end, for one or more. Paths are compared as servers read them, so that no spelling of a
 * paid path is free: percent-decoded, without matrix parameters, empty segments and dots. {@code HEAD} counts as {@code GET}.
 */
public final class RoutePattern {
    private final String method;
    private final List<String> segments;
    private final String text;

    private RoutePattern(String method, List<String> segments, String text) {
        this.method = method;
        this.segments = segments;
        this.text = text;
    }

    /**
     * @param method such as {@code POST}
     * @param template such as {@code /ask/:topic}
     * @throws ConfigurationException {@code route.invalid} if the template does not begin with a slash
     */
    public static RoutePattern of(String method, String template) {
        Optional<List<String>> segments = segments(template);
        if (!template.startsWith("/") || segments.isEmpty()) {
            throw new ConfigurationException("route.invalid", "a paid route is a method and a path");
        }
        String upper = method.toUpperCase(Locale.ROOT);
        return new RoutePattern(upper, segments.get(), upper + " " + template);
    }

    /** Whether a request is for this route; a path that cannot be decoded is for none. */
    public boolean matches(String requestMethod, String rawPath) {
        String asked = requestMethod.equalsIgnoreCase("HEAD") ? "GET" : requestMethod.toUpperCase(Locale.ROOT);
        return asked.equals(method) && segments(rawPath).filter(this::matches).isPresent();
    }

    private boolean matches(List<String> path) {
        boolean isOpen =
                !segments.isEmpty() && segments.get(segments.size() - 1).startsWith("*");
        if (path.size() < segments.size() || (path.size() > segments.size() && !isOpen)) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            if (!isNamed(segments.get(i)) && !segments.get(i).equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNamed(String segment) {
        return segment.startsWith(":") || segment.startsWith("*");
    }

    /** The names of the segments that may be anything, in order. */
    public List<String> names() {
        return segments.stream()
                .filter(RoutePattern::isNamed)
                .map(segment -> segment.substring(1))
                .toList();
    }

    /** The path as a server would walk it; empty if it is not properly encoded. */
    static Optional<List<String>> segments(String rawPath) {
        Deque<String> walked = new ArrayDeque<>();
        for (String raw : rawPath.split("/", -1)) {
            Optional<String> decoded = decode(raw.split(";", 2)[0]);
            if (decoded.isEmpty()) {
                return Optional.empty();
            }
            for (String segment : decoded.get().split("/", -1)) {
                walk(walked, segment);
            }
        }
        return Optional.of(List.copyOf(walked));
    }

    private static void walk(Deque<String> walked, String segment) {
        if (segment.equals("..")) {
            walked.pollLast();
        } else if (!segment.isEmpty() && !segment.equals(".")) {
            walked.addLast(segment);
        }
    }

    private static Optional<String> decode(String segment) {
        try {
            return Optional.of(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
