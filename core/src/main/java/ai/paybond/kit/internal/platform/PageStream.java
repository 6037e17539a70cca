package ai.paybond.kit.internal.platform;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** A list that a server gives out in pages, read as it is consumed. */
public final class PageStream {
    private PageStream() {}

    /**
     * Some items and where to go on.
     *
     * @param items in the server's order
     * @param next what to ask for next; empty on the last page
     */
    public record Page<T>(List<T> items, Optional<String> next) {}

    /**
     * Reads the first page when the stream is first asked for an item, and each further one when its items are used up. A
     * page that leads to itself, or has no items, ends the stream: a server could keep it going for ever.
     */
    public static <T> Stream<T> of(Function<Optional<String>, Page<T>> fetch) {
        return Stream.iterate(
                        Optional.of(new Step<>(new Page<T>(List.of(), Optional.empty()), fetch, true)),
                        Optional::isPresent,
                        step -> step.flatMap(Step::next))
                .flatMap(step -> step.orElseThrow().page.items().stream());
    }

    /** Makes the request for {@code limit} rows from {@code offset} on. */
    @FunctionalInterface
    public interface Rows {
        /** The request, not sent yet. */
        Request request(long offset, int limit);
    }

    /** As {@link #of}, for lists that are asked for by offset and answered with {@code items}; a short page is the last. */
    public static <T> Stream<T> byOffset(int pageSize, Rows rows, Function<Reply, T> read) {
        return of(cursor -> {
            long offset = cursor.map(Long::parseLong).orElse(0L);
            Reply reply = rows.request(offset, pageSize).reply();
            List<T> items =
                    reply.objects("items").stream().map(reply::inner).map(read).toList();
            boolean last = items.size() < reply.optionalLong("limit").orElse((long) pageSize);
            return new Page<>(items, last ? Optional.empty() : Optional.of(Long.toString(offset + items.size())));
        });
    }

    private record Step<T>(Page<T> page, Function<Optional<String>, Page<T>> fetch, boolean first) {
        Optional<Step<T>> next() {
            if (!first && page.next().isEmpty()) {
                return Optional.empty();
            }
            Page<T> following = fetch.apply(page.next());
            boolean leadsOn = !following.items().isEmpty() && !following.next().equals(page.next());
            return Optional.of(
                    new Step<>(leadsOn ? following : new Page<>(following.items(), Optional.empty()), fetch, false));
        }
    }
}
