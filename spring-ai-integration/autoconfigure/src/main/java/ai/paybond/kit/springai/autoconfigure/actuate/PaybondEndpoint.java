package ai.paybond.kit.springai.autoconfigure.actuate;

import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondException;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.springai.autoconfigure.OpenSession;
import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * The calls of the session's tenant that wait for a person: parked ones, whose spend or evidence was refused or could not be
 * delivered for too long, and those in doubt. Reading is allowed by default; settling needs
 * {@code management.endpoint.paybond.access=unrestricted}.
 */
@Endpoint(id = "paybond", defaultAccess = Access.READ_ONLY)
public final class PaybondEndpoint {

    private static final int MOST = 100;

    private final OpenSession session;

    /** @param session where the calls are */
    public PaybondEndpoint(OpenSession session) {
        this.session = session;
    }

    /** What waits for a person, the last changed first, at most 100 of each kind. */
    @ReadOperation
    public Waiting waiting() {
        return new Waiting(
                views(session.calls(CallState.REJECTED, MOST)),
                views(session.doubtful(MOST)),
                session.owed(MOST).size());
    }

    private static List<GuardedCallView> views(List<JournalEntry> entries) {
        return entries.stream().map(GuardedCallView::of).toList();
    }

    /** One call, in whatever state; null when there is none. */
    @ReadOperation
    public @Nullable GuardedCallView call(@Selector String intentId, @Selector String callId) {
        return session.find(new CallKey(intentId, callId))
                .map(GuardedCallView::of)
                .orElse(null);
    }

    /**
     * Does something about one call.
     *
     * @param action {@code retry} a parked call; {@code executed} or {@code not-executed} settles one in doubt
     * @param evidence a JSON object: what the tool's result would have proved; for {@code executed} only
     * @return the call as it stands afterwards; null when there is none
     * @throws InvalidEndpointRequestException with the reason's code when the call does not stand so that this can be done
     */
    @WriteOperation
    public @Nullable GuardedCallView settle(
            @Selector String intentId, @Selector String callId, Action action, @Nullable String evidence) {
        CallKey key = new CallKey(intentId, callId);
        Paybond open = session.session().orElse(null);
        JournalEntry entry = session.find(key).orElse(null);
        if (open == null || entry == null) {
            return null;
        }
        try {
            act(open, entry, action, evidence);
        } catch (PaybondException e) {
            throw refused(e.code());
        }
        return call(intentId, callId);
    }

    private void act(Paybond open, JournalEntry entry, Action action, @Nullable String evidence) {
        if (action == Action.RETRY) {
            open.retryDelivery(entry.key());
            return;
        }
        if (session.doubtful(Integer.MAX_VALUE).stream()
                .noneMatch(doubtful -> doubtful.key().equals(entry.key()))) {
            throw refused("call.not_in_doubt");
        }
        if (action == Action.EXECUTED) {
            open.settleExecuted(entry.key(), parsed(evidence));
        } else {
            open.settleNotExecuted(entry.key());
        }
    }

    private static JsonObject parsed(@Nullable String evidence) {
        try {
            return JsonObject.parse(evidence == null ? "" : evidence);
        } catch (JsonException e) {
            throw refused("evidence.malformed");
        }
    }

    private static InvalidEndpointRequestException refused(String code) {
        return new InvalidEndpointRequestException("refused: " + code, code);
    }

    /** What can be done about a call. */
    public enum Action {
        /** Tries to deliver a parked call again. */
        RETRY,
        /** Settles a call in doubt: it happened. */
        EXECUTED,
        /** Settles a call in doubt: it did not happen. */
        NOT_EXECUTED
    }

    /**
     * What waits.
     *
     * @param parked calls whose delivery a person has to look at
     * @param inDoubt calls of which nobody knows yet whether they happened
     * @param owed how many calls are still being delivered, up to 100
     */
    public record Waiting(List<GuardedCallView> parked, List<GuardedCallView> inDoubt, int owed) {}
}
