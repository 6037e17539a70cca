package ai.paybond.kit.nevermined.http;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.nevermined.NeverminedException;
import ai.paybond.kit.nevermined.PaymentRequired;
import ai.paybond.kit.nevermined.PaymentScheme;
import ai.paybond.kit.nevermined.Verification.Denial;
import ai.paybond.kit.nevermined.Verification.Denied;
import ai.paybond.kit.nevermined.X402AccessToken;
import ai.paybond.kit.nevermined.charge.Admission;
import ai.paybond.kit.nevermined.charge.ChargeCodes;
import ai.paybond.kit.nevermined.charge.ChargeDesk;
import ai.paybond.kit.nevermined.charge.DeliveryPolicy;
import java.math.BigInteger;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes of a server that are sold. Of several that match the first counts; a route that is not listed is served unpaid, so list
 * with care. Thread-safe.
 */
public final class PaidRoutes {
    private static final Logger log = LoggerFactory.getLogger(PaidRoutes.class);
    private static final String NO_TOKEN = "Missing x402 payment token. Send token in payment-signature header.";
    private static final String UNVERIFIED = "the payment could not be verified";
    private static final Pattern ONE_LINE = Pattern.compile("[\\x20-\\x7e]{1,200}");

    private final List<PaidRoute> routes;
    private final ChargeDesk desk;
    private final Function<String, PaymentScheme> schemes;
    private final String address;
    private final DeliveryPolicy policy;

    private PaidRoutes(Builder parts) {
        this.routes = List.copyOf(parts.routes);
        this.desk = parts.desk;
        this.schemes = parts.schemes;
        this.address = parts.address;
        this.policy = parts.policy;
    }

    /**
     * @param desk charges; under the seller's key
     * @param schemes finds a plan's scheme, such as {@code payments.schemes(clock)::resolve}
     * @param publicAddress the server as its clients see it, such as {@code https://agent.example}
     */
    public static Builder builder(ChargeDesk desk, Function<String, PaymentScheme> schemes, URI publicAddress) {
        return new Builder(desk, schemes, publicAddress);
    }

    /** Whether a request is for a route that is sold. */
    public boolean sells(String method, String rawPath) {
        return match(method, rawPath).isPresent();
    }

    private Optional<PaidRoute> match(String method, String rawPath) {
        return routes.stream()
                .filter(route -> route.pattern().matches(method, rawPath))
                .findFirst();
    }

    /**
     * Decides about a request, before it is served. Asks Nevermined, so it may take as long as that does.
     *
     * @param rawPath the path as it was sent, not decoded
     * @param query as it was sent, or null
     * @param paymentSignature the value of the {@code payment-signature} header, or null
     */
    public Entry enter(String method, String rawPath, @Nullable String query, @Nullable String paymentSignature) {
        Optional<PaidRoute> sold = match(method, rawPath);
        return sold.isPresent() ? admit(sold.get(), method, rawPath, query, paymentSignature) : new Entry.Free();
    }

    private Entry admit(
            PaidRoute route, String method, String rawPath, @Nullable String query, @Nullable String signature) {
        PaymentRequired required = required(route, method, rawPath);
        Admission admission = desk.admit(required, token(signature), credits(route, method, rawPath, query));
        return admission instanceof Admission.Admitted admitted
                ? new Entry.Paid(new PaidExchange(desk, admitted.grant(), route, policy))
                : new Entry.Unpaid(demand((Admission.Refused) admission));
    }

    private PaymentRequired required(PaidRoute route, String method, String rawPath) {
        return PaymentRequired.forPlans(route.planIds(), schemes)
                .endpoint(address + rawPath)
                .agentId(route.agentId())
                .httpVerb(method)
                .description(route.description())
                .build();
    }

    private static @Nullable X402AccessToken token(@Nullable String signature) {
        try {
            return signature == null || signature.isBlank() ? null : X402AccessToken.of(signature);
        } catch (NeverminedException e) {
            return null;
        }
    }

    /** Minus one, which is refused, if the rule gives no number. */
    private static BigInteger credits(PaidRoute route, String method, String rawPath, @Nullable String query) {
        try {
            return Objects.requireNonNull(route.credits().of(method, rawPath, query));
        } catch (RuntimeException e) {
            log.error("the price of {} could not be found", route.pattern(), e);
            return BigInteger.ONE.negate();
        }
    }

    private static PaymentDemand demand(Admission.Refused refused) {
        Denied denied = refused.denial();
        if (denied == null) {
            boolean noToken = refused.code().equals(ChargeCodes.TOKEN_MISSING);
            return new PaymentDemand(refused.required(), noToken ? NO_TOKEN : refused.message());
        }
        String message = denied.how() == Denial.NOT_VALID ? reason(denied, refused.message()) : UNVERIFIED;
        return new PaymentDemand(refused.required(), message);
    }

    /** The backend's reason is written for the payer; it is passed on as one plain line or not at all. */
    private static String reason(Denied denied, String otherwise) {
        String reason = denied.reason();
        return reason != null && ONE_LINE.matcher(reason).matches() ? reason : otherwise;
    }

    /** Collects the routes. Not thread-safe. */
    public static final class Builder {
        private final ChargeDesk desk;
        private final Function<String, PaymentScheme> schemes;
        private final String address;
        private final List<PaidRoute> routes = new ArrayList<>();
        private DeliveryPolicy policy = DeliveryPolicy.WITHHOLD_ON_FAILURE;

        private Builder(ChargeDesk desk, Function<String, PaymentScheme> schemes, URI publicAddress) {
            this.desk = Objects.requireNonNull(desk, "desk");
            this.schemes = Objects.requireNonNull(schemes, "schemes");
            String text = publicAddress.toString();
            this.address = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        }

        /** Sells a route. */
        public Builder route(PaidRoute route) {
            routes.add(Objects.requireNonNull(route, "route"));
            return this;
        }

        /** What becomes of an answer that is not sent yet when charging fails; withheld by default. */
        public Builder deliveryPolicy(DeliveryPolicy chosen) {
            this.policy = Objects.requireNonNull(chosen, "policy");
            return this;
        }

        /** @throws ConfigurationException {@code route.missing} if nothing is sold */
        public PaidRoutes build() {
            if (routes.isEmpty()) {
                throw new ConfigurationException("route.missing", "no route is sold");
            }
            return new PaidRoutes(this);
        }
    }
}
