package ai.paybond.kit.funding;

import ai.paybond.kit.harbor.FundedIntent;
import java.util.Optional;
import java.util.Set;

/** What the {@code funding} object of a reply says. */
final class FundingStatus {
    private static final Set<String> FAILED = Set.of(
            "authorization_failed",
            "capture_failed",
            "void_failed",
            "credential_rejected",
            "payment_failed",
            "charge_failed",
            "session_open_failed",
            "expired");

    private FundingStatus() {}

    static Optional<String> member(FundedIntent reply, String name) {
        return reply.raw()
                .object("funding")
                .flatMap(funding -> funding.string(name))
                .filter(text -> !text.isBlank());
    }

    static boolean failed(FundedIntent reply) {
        return member(reply, "status").filter(FAILED::contains).isPresent();
    }
}
