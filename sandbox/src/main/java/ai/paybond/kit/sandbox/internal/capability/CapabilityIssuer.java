package ai.paybond.kit.sandbox.internal.capability;

import static org.biscuitsec.biscuit.token.builder.Utils.date;
import static org.biscuitsec.biscuit.token.builder.Utils.fact;
import static org.biscuitsec.biscuit.token.builder.Utils.s;

import ai.paybond.kit.wire.ed25519.SigningKey;
import io.vavr.control.Option;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.biscuitsec.biscuit.crypto.KeyPair;
import org.biscuitsec.biscuit.error.Error;
import org.biscuitsec.biscuit.token.Biscuit;
import org.biscuitsec.biscuit.token.builder.Term;
import org.biscuitsec.biscuit.token.builder.Utils;

/** Mints capabilities. The facts and checks are ours: docs/decisions/0003. */
public final class CapabilityIssuer {
    private static final List<String> CHECKS = List.of(
            "check if request_tenant($t), tenant($t)",
            "check if request_intent($i), intent($i)",
            "check if request_operation($o), operation($o)",
            "check if request_spend_cents($s), $s >= 0",
            "check if request_spend_cents($s), max_spend_cents($m), $s <= $m",
            "check if time($now), expires_at($e), $now < $e");

    private final KeyPair root;
    private final int rootKeyId;
    private final SecureRandom random;

    public CapabilityIssuer(SigningKey root, int rootKeyId, SecureRandom random) {
        this.root = new KeyPair(root.exposeSeed());
        this.rootKeyId = rootKeyId;
        this.random = random;
    }

    /** The token as it travels: standard base64 with padding. */
    public String mint(Grant grant) {
        try {
            return Base64.getEncoder().encodeToString(build(grant).serialize());
        } catch (Error e) {
            throw new IllegalStateException("A capability could not be minted.", e);
        }
    }

    private Biscuit build(Grant grant) throws Error {
        var builder = new org.biscuitsec.biscuit.token.builder.Biscuit(random, root, Option.some(rootKeyId));
        add(builder, "tenant", s(grant.tenantId()));
        add(builder, "intent", s(grant.intentId()));
        add(builder, "payee", s(grant.payeeDid()));
        for (String operation : grant.operations().stream().sorted().toList()) {
            add(builder, "operation", s(operation));
        }
        add(builder, "max_spend_cents", Utils.integer(grant.maxSpendCents()));
        add(builder, "currency", s(grant.currency()));
        add(builder, "expires_at", date(Date.from(grant.expiresAt())));
        add(builder, "jti", s(grant.jti()));
        if (grant.holder() != null) {
            add(builder, "holder", s(grant.holder()));
        }
        for (String check : CHECKS) {
            builder.add_authority_check(check);
        }
        return builder.build();
    }

    private static void add(org.biscuitsec.biscuit.token.builder.Biscuit builder, String name, Term value)
            throws Error {
        builder.add_authority_fact(fact(name, List.of(value)));
    }
}
