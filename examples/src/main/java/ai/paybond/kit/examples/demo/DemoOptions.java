package ai.paybond.kit.examples.demo;

import ai.paybond.kit.examples.agents.ModelEndpoint;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * What a demo may be told.
 *
 * @param clock the time that everything in the demo goes by
 * @param model the model that all three agents talk to; empty for the scripted one, which needs no network
 */
public record DemoOptions(Clock clock, Optional<ModelEndpoint> model) {
    private static final String OPENAI = "https://api.openai.com/v1";
    private static final String DEFAULT_MODEL = "gpt-4.1-mini";

    /** The scripted model. */
    public static DemoOptions scripted(Clock clock) {
        return new DemoOptions(clock, Optional.empty());
    }

    /**
     * The model that {@code OPENAI_API_KEY} or {@code OPENAI_BASE_URL} point at, or the scripted one when neither is set.
     * {@code OPENAI_MODEL} names the model, {@code gpt-4.1-mini} by default.
     *
     * @throws IllegalArgumentException when the base URL is not a URL
     */
    public static DemoOptions fromEnvironment(Clock clock, Map<String, String> environment) {
        String apiKey = environment.getOrDefault("OPENAI_API_KEY", "");
        String baseUrl = environment.getOrDefault("OPENAI_BASE_URL", "");
        if (apiKey.isBlank() && baseUrl.isBlank()) {
            return scripted(clock);
        }
        ModelEndpoint endpoint = new ModelEndpoint(
                URI.create(baseUrl.isBlank() ? OPENAI : baseUrl),
                apiKey.isBlank() ? "unused" : apiKey,
                environment.getOrDefault("OPENAI_MODEL", DEFAULT_MODEL));
        return new DemoOptions(clock, Optional.of(endpoint));
    }
}
