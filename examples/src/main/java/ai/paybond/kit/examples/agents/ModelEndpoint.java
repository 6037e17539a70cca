package ai.paybond.kit.examples.agents;

import java.net.URI;

/**
 * The model that an agent talks to.
 *
 * @param baseUrl of an OpenAI-compatible service, ending in {@code /v1}
 * @param apiKey sent as the bearer; a secret, and so left out of {@link #toString}
 * @param model the model's name
 */
public record ModelEndpoint(URI baseUrl, String apiKey, String model) {
    @Override
    public String toString() {
        return "ModelEndpoint[" + model + " at " + baseUrl + "]";
    }
}
