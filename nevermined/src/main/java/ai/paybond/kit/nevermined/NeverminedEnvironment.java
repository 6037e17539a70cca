package ai.paybond.kit.nevermined;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a key belongs.
 *
 * @param name {@code sandbox}, {@code live}, {@code staging_sandbox}, {@code staging_live} or {@code custom}
 * @param backend the base address of the API
 * @param erc4337Network the CAIP-2 chain of crypto plans
 */
public record NeverminedEnvironment(String name, URI backend, String erc4337Network) {
    private static final String BASE = "eip155:8453";
    private static final String BASE_SEPOLIA = "eip155:84532";

    /** For trying things out; no real money. */
    public static final NeverminedEnvironment SANDBOX = hosted("sandbox", "sandbox.nevermined.app", BASE_SEPOLIA);

    /** Real money. */
    public static final NeverminedEnvironment LIVE = hosted("live", "live.nevermined.app", BASE);

    /** Nevermined's own staging of the sandbox. */
    public static final NeverminedEnvironment STAGING_SANDBOX =
            hosted("staging_sandbox", "sandbox.nevermined.dev", BASE_SEPOLIA);

    /** Nevermined's own staging of the live system. */
    public static final NeverminedEnvironment STAGING_LIVE = hosted("staging_live", "live.nevermined.dev", BASE);

    private static final List<NeverminedEnvironment> HOSTED = List.of(SANDBOX, LIVE, STAGING_SANDBOX, STAGING_LIVE);

    private static final Map<String, NeverminedEnvironment> BY_PREFIX = Map.of(
            "sandbox", SANDBOX,
            "live", LIVE,
            "sandbox-staging", STAGING_SANDBOX,
            "live-staging", STAGING_LIVE);

    private static NeverminedEnvironment hosted(String name, String host, String network) {
        return new NeverminedEnvironment(name, URI.create("https://api." + host), network);
    }

    /** A backend of one's own, on the test chain. */
    public static NeverminedEnvironment custom(URI backend) {
        return new NeverminedEnvironment("custom", backend, BASE_SEPOLIA);
    }

    /** A backend of one's own as {@code NVM_BACKEND_URL} of these variables says; {@code http://localhost:3001} if unset. */
    public static NeverminedEnvironment custom(Map<String, String> variables) {
        return custom(URI.create(variables.getOrDefault("NVM_BACKEND_URL", "http://localhost:3001")));
    }

    /** A hosted environment by its name; empty for {@code custom} and unknown names. */
    public static Optional<NeverminedEnvironment> named(String name) {
        return HOSTED.stream()
                .filter(environment -> environment.name.equals(name))
                .findFirst();
    }

    /** What the key's prefix says, in any case of letters; empty for an unknown prefix and for none. */
    public static Optional<NeverminedEnvironment> ofKey(NeverminedApiKey key) {
        return key.prefix().map(prefix -> BY_PREFIX.get(prefix.toLowerCase(Locale.ROOT)));
    }

    /**
     * Which environment counts: the key's own, else the option, else {@code custom}.
     *
     * @param option the deprecated environment option, or null
     * @param fallback what {@code custom} is
     */
    public static Choice choose(
            NeverminedApiKey key, @Nullable NeverminedEnvironment option, NeverminedEnvironment fallback) {
        NeverminedEnvironment chosen = ofKey(key).orElse(option == null ? fallback : option);
        return new Choice(chosen, option != null);
    }

    /**
     * An environment, and how it was found.
     *
     * @param warn whether the deprecated option was given, followed or not
     */
    public record Choice(NeverminedEnvironment environment, boolean warn) {}
}
