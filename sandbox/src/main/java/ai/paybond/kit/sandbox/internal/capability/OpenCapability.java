package ai.paybond.kit.sandbox.internal.capability;

import static org.biscuitsec.biscuit.token.builder.Utils.date;
import static org.biscuitsec.biscuit.token.builder.Utils.fact;
import static org.biscuitsec.biscuit.token.builder.Utils.s;

import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.biscuitsec.biscuit.datalog.RunLimits;
import org.biscuitsec.biscuit.error.Error;
import org.biscuitsec.biscuit.token.Authorizer;
import org.biscuitsec.biscuit.token.Biscuit;
import org.biscuitsec.biscuit.token.builder.Fact;
import org.biscuitsec.biscuit.token.builder.Term;
import org.biscuitsec.biscuit.token.builder.Utils;
import org.jspecify.annotations.Nullable;

/** A capability whose signatures hold. What it grants is known; whether a request passes its checks is still to ask. */
public final class OpenCapability {
    private static final String GRANT =
            "grant($tenant, $intent, $payee, $max, $currency, $expires, $jti) <- tenant($tenant), intent($intent),"
                    + " payee($payee), max_spend_cents($max), currency($currency), expires_at($expires), jti($jti)";
    private static final String HOLDERS = "held($holder) <- holder($holder)";
    private static final String OPERATIONS = "granted($operation) <- operation($operation)";
    private static final int MAX_FACTS = 512;
    private static final int MAX_ITERATIONS = 20;
    private static final Duration MAX_TIME = Duration.ofSeconds(2);

    private final Biscuit biscuit;
    private final Clock clock;
    private final Grant grant;
    private final HolderTerms holders;

    private OpenCapability(Biscuit biscuit, Clock clock, Grant grant, HolderTerms holders) {
        this.biscuit = biscuit;
        this.clock = clock;
        this.grant = grant;
        this.holders = holders;
    }

    static OpenCapability of(Biscuit biscuit, byte[] bytes, Clock clock) throws CapabilityRefusedException {
        try {
            Grant grant = grant(biscuit);
            return new OpenCapability(biscuit, clock, grant, HolderTerms.read(bytes, grant.holder()));
        } catch (Error | RuntimeException e) {
            throw TokenPreflight.malformed();
        }
    }

    public Grant grant() {
        return grant;
    }

    /** Whose signature a call needs; empty when whoever has the token may use it, and two when nobody can. */
    public Set<VerifyingKey> holders() {
        return holders.mustSign();
    }

    /** Runs every check that the token carries against the request, which its holder, if it has one, has signed. */
    public void check(CapabilityRequest request) throws CapabilityRefusedException {
        try {
            authorizer(request).allow().authorize(limits());
        } catch (Error.Timeout | Error.TooManyFacts | Error.TooManyIterations e) {
            throw new CapabilityRefusedException(
                    "capability.limit_exceeded", "The capability's checks take too long to evaluate.");
        } catch (Error | RuntimeException e) {
            throw new CapabilityRefusedException(
                    "capability.check_failed", "A check that the capability carries does not hold.");
        }
    }

    private Authorizer authorizer(CapabilityRequest request) throws Error {
        Authorizer authorizer = biscuit.authorizer();
        add(authorizer, "time", date(Date.from(clock.instant())));
        add(authorizer, "request_tenant", s(request.tenantId()));
        add(authorizer, "request_intent", s(request.intentId()));
        add(authorizer, "request_operation", s(request.operation()));
        add(authorizer, "request_spend_cents", Utils.integer(request.spendCents()));
        add(authorizer, "request_currency", s(request.currency()));
        for (String holder : holders.names()) {
            add(authorizer, "request_holder", s(holder));
        }
        for (ArgumentFact argument : request.arguments()) {
            authorizer.add_fact(fact("arg", List.of(s(argument.path()), argument.value())));
        }
        return authorizer;
    }

    private static void add(Authorizer authorizer, String name, Term value) throws Error {
        authorizer.add_fact(fact(name, List.of(value)));
    }

    /** One row or it is not a capability of ours: two facts of a kind would leave the choice to whoever reads it. */
    private static Grant grant(Biscuit biscuit) throws Error {
        Set<Fact> rows = biscuit.authorizer().query(GRANT, limits());
        if (rows.size() != 1) {
            throw new IllegalArgumentException("not exactly one of each fact");
        }
        List<Term> terms = rows.iterator().next().terms();
        return new Grant(
                text(terms.get(0)),
                text(terms.get(1)),
                text(terms.get(2)),
                operations(biscuit),
                ((Term.Integer) terms.get(3)).getValue(),
                text(terms.get(4)),
                Instant.ofEpochSecond(((Term.Date) terms.get(5)).getValue()),
                text(terms.get(6)),
                holder(biscuit));
    }

    private static @Nullable String holder(Biscuit biscuit) throws Error {
        Set<Fact> rows = biscuit.authorizer().query(HOLDERS, limits());
        if (rows.size() > 1) {
            throw new IllegalArgumentException("more than one holder");
        }
        return rows.isEmpty() ? null : text(rows.iterator().next().terms().get(0));
    }

    private static Set<String> operations(Biscuit biscuit) throws Error {
        return biscuit.authorizer().query(OPERATIONS, limits()).stream()
                .map(row -> text(row.terms().get(0)))
                .collect(Collectors.toSet());
    }

    private static String text(Term term) {
        return ((Term.Str) term).getValue();
    }

    private static RunLimits limits() {
        return new RunLimits(MAX_FACTS, MAX_ITERATIONS, MAX_TIME);
    }
}
