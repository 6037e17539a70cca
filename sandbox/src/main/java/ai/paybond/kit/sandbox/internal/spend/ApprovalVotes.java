package ai.paybond.kit.sandbox.internal.spend;

import ai.paybond.kit.sandbox.internal.store.ApprovalRow;
import ai.paybond.kit.sandbox.internal.store.DocumentKind;
import ai.paybond.kit.sandbox.internal.store.DocumentStore;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.TreeSet;

/** Who has approved what waits. Where the tenant's policy wants several operators, one of them counts once. */
public final class ApprovalVotes {
    private static final String VOTERS = "voters";

    private final DocumentStore documents;
    private final SpendPolicies policies;
    private final Clock clock;

    public ApprovalVotes(DocumentStore documents, SpendPolicies policies, Clock clock) {
        this.documents = documents;
        this.policies = policies;
        this.clock = clock;
    }

    /** Whether enough have approved, now that this one has. */
    boolean cast(Session session, ApprovalRow approval, String subject) {
        TreeSet<String> voters = new TreeSet<>(voters(session, approval));
        voters.add(subject);
        JsonObject votes = JsonObject.builder().put(VOTERS, List.copyOf(voters)).build();
        String id = approval.approvalId().toString();
        documents.put(session, approval.tenantId(), DocumentKind.APPROVAL_VOTES, id, votes, clock.instant());
        return voters.size() >= needed(session, approval);
    }

    int given(Session session, ApprovalRow approval) {
        return voters(session, approval).size();
    }

    long needed(Session session, ApprovalRow approval) {
        return policies.of(session, approval.tenantId()).approvalQuorum();
    }

    private List<String> voters(Session session, ApprovalRow approval) {
        return documents
                .find(
                        session,
                        approval.tenantId(),
                        DocumentKind.APPROVAL_VOTES,
                        approval.approvalId().toString())
                .flatMap(votes -> votes.array(VOTERS))
                .flatMap(JsonArray::strings)
                .orElse(List.of());
    }
}
