package ai.paybond.kit.nevermined;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a plan is paid. Always said explicitly: the backend does not detect it.
 *
 * @param name {@link #CRYPTO} or {@link #CARD}
 * @param network a CAIP-2 chain for crypto; {@code stripe}, {@code braintree} or {@code visa} for cards
 */
public record PaymentScheme(String name, String network) {
    /** Smart accounts with session keys. */
    public static final String CRYPTO = "nvm:erc4337";

    /** A card behind a delegation. */
    public static final String CARD = "nvm:card-delegation";

    public PaymentScheme {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(network, "network");
    }

    /** Crypto on the environment's chain. */
    public static PaymentScheme crypto(NeverminedEnvironment environment) {
        return new PaymentScheme(CRYPTO, environment.erc4337Network());
    }

    /** A card at this provider. */
    public static PaymentScheme card(String provider) {
        return new PaymentScheme(CARD, provider);
    }

    /** The scheme on its usual network: {@code stripe} for cards, else the environment's chain, else the test chain. */
    public static PaymentScheme usual(String name, @Nullable NeverminedEnvironment environment) {
        if (name.equals(CARD)) {
            return card("stripe");
        }
        return new PaymentScheme(
                name, (environment == null ? NeverminedEnvironment.SANDBOX : environment).erc4337Network());
    }

    static Optional<PaymentScheme> read(JsonObject accepted) {
        return accepted.string("scheme")
                .flatMap(name -> accepted.string("network").map(network -> new PaymentScheme(name, network)));
    }
}
