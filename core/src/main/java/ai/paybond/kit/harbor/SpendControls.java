package ai.paybond.kit.harbor;

import ai.paybond.kit.internal.platform.Channel;
import ai.paybond.kit.internal.platform.PageStream;
import ai.paybond.kit.internal.platform.Route;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.stream.Stream;

/**
 * The tenant's spend controls as its operators see them: what was decided, and what is held. Thread-safe. Failures are those
 * of {@link HarborClient}.
 */
public final class SpendControls {
    private static final int PAGE = 50;

    private final Channel channel;

    SpendControls(Channel channel) {
        this.channel = channel;
    }

    /** The spend policy in force, in the server's words. */
    public JsonObject policy() {
        return channel.to(Route.SPEND_POLICY).reply().json();
    }

    /** Every answer of {@link HarborClient#verify}, oldest first, read page by page as the stream is consumed. */
    public Stream<SpendDecision> decisions() {
        return PageStream.byOffset(
                PAGE,
                (offset, limit) ->
                        channel.to(Route.SPEND_DECISIONS).query("limit", limit).query("offset", offset),
                SpendDecision::of);
    }

    /** Every reservation, settled ones included, oldest first, read page by page as the stream is consumed. */
    public Stream<SpendReservation> reservations() {
        return PageStream.byOffset(
                PAGE,
                (offset, limit) -> channel.to(Route.SPEND_RESERVATIONS)
                        .query("limit", limit)
                        .query("offset", offset),
                SpendReservation::of);
    }
}
