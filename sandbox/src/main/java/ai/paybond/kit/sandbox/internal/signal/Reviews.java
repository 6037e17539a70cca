package ai.paybond.kit.sandbox.internal.signal;

import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.http.Members;
import ai.paybond.kit.sandbox.internal.store.DocumentKind;
import ai.paybond.kit.sandbox.internal.store.DocumentStore;
import ai.paybond.kit.sandbox.internal.store.DocumentStore.Document;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What people said about operators, and whether releases are held. */
public final class Reviews {
    private static final Set<String> EVENTS =
            Set.of("review_open_requested", "appeal_requested", "replay_requested", "review_outcome_recorded");
    private static final Set<String> OUTCOMES = Set.of("confirmed_risk", "false_positive", "needs_more_evidence");
    private static final Set<String> MODES = Set.of("review_only", "critical_hold");
    private static final Duration BETWEEN_APPEALS = Duration.ofHours(1);
    private static final String GATE = "gate";

    private final DocumentStore documents;
    private final Clock clock;

    public Reviews(DocumentStore documents, Clock clock) {
        this.documents = documents;
        this.clock = clock;
    }

    /** Where the review of an operator stands. */
    record Review(String state, @Nullable String outcome) {}

    Review of(Session session, String tenantId, OperatorRecord operator) {
        List<JsonObject> events = events(session, tenantId, operator.did());
        if (events.isEmpty()) {
            return new Review(operator.isSuspicious() ? "open" : "none", null);
        }
        Optional<String> outcome = events.get(events.size() - 1).string("review_outcome");
        return new Review(outcome.isPresent() ? "closed" : "in_review", outcome.orElse(null));
    }

    Map<String, Long> outcomes(Session session, String tenantId) {
        return documents.all(session, tenantId, DocumentKind.REVIEW_EVENT).stream()
                .flatMap(document -> document.body().string("review_outcome").stream())
                .collect(Collectors.groupingBy(outcome -> outcome, Collectors.counting()));
    }

    /** An appeal within an hour of another is not accepted, and told when it will be. */
    JsonObject record(Session session, String tenantId, String did, Members members) {
        String requested = members.text("event_type");
        String event = OUTCOMES.contains(requested) ? "review_outcome_recorded" : requested;
        Optional<String> outcome =
                OUTCOMES.contains(requested) ? Optional.of(requested) : members.optionalText("review_outcome");
        if (!EVENTS.contains(event)
                || outcome.filter(text -> !OUTCOMES.contains(text)).isPresent()) {
            throw ApiException.invalid("There is no such review event or outcome.");
        }
        if (event.equals("review_outcome_recorded") && outcome.isEmpty()) {
            throw ApiException.invalid("An outcome must be given.");
        }
        members.text("summary");
        Optional<Instant> next =
                event.equals("appeal_requested") ? nextAppeal(session, tenantId, did) : Optional.empty();
        JsonObject recorded = JsonObject.builder()
                .put("requested_event_type", requested)
                .put("recorded_event_type", event)
                .put("accepted", next.isEmpty())
                .putIfPresent("review_outcome", outcome.orElse(null))
                .putIfPresent("signal_code", members.optionalText("signal_code").orElse(null))
                .putIfPresent("intent_id", members.optionalText("intent_id").orElse(null))
                .putIfPresent(
                        "provider_event_id",
                        members.optionalText("provider_event_id").orElse(null))
                .putIfPresent(
                        "next_eligible_at",
                        next.map(DateTimeFormatter.ISO_INSTANT::format).orElse(null))
                .build();
        if (next.isEmpty()) {
            JsonObject stored = recorded.with("operator_did", did);
            String id = UUID.randomUUID().toString();
            documents.put(session, tenantId, DocumentKind.REVIEW_EVENT, id, stored, clock.instant());
        }
        return recorded;
    }

    private Optional<Instant> nextAppeal(Session session, String tenantId, String did) {
        return documents.all(session, tenantId, DocumentKind.REVIEW_EVENT).stream()
                .filter(document ->
                        document.body().string("operator_did").orElse("").equals(did))
                .filter(document ->
                        document.body().string("recorded_event_type").orElse("").equals("appeal_requested"))
                .map(document -> document.storedAt().plus(BETWEEN_APPEALS))
                .filter(clock.instant()::isBefore)
                .reduce((first, last) -> last);
    }

    private List<JsonObject> events(Session session, String tenantId, String did) {
        return documents.all(session, tenantId, DocumentKind.REVIEW_EVENT).stream()
                .map(Document::body)
                .filter(body -> body.string("operator_did").orElse("").equals(did))
                .toList();
    }

    String mode(Session session, String tenantId) {
        return documents
                .find(session, tenantId, DocumentKind.RELEASE_GATE, GATE)
                .flatMap(gate -> gate.string("mode"))
                .orElse("review_only");
    }

    String setMode(Session session, String tenantId, String mode) {
        if (!MODES.contains(mode)) {
            throw ApiException.invalid("mode must be review_only or critical_hold.");
        }
        JsonObject gate = JsonObject.builder().put("mode", mode).build();
        documents.put(session, tenantId, DocumentKind.RELEASE_GATE, GATE, gate, clock.instant());
        return mode;
    }
}
