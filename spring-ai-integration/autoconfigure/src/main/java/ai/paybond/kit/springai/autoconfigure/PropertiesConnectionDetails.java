package ai.paybond.kit.springai.autoconfigure;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/** What the properties say. */
record PropertiesConnectionDetails(PaybondProperties properties) implements PaybondConnectionDetails {

    static final String PROPERTY_MISSING = "springai.property_missing";
    static final String PROPERTY_INVALID = "springai.property_invalid";
    static final String SANDBOX_ABSENT = "springai.sandbox_absent";

    @Override
    public URI gatewayUrl() {
        URI url = properties.gatewayUrl();
        return url == null ? PaybondOptions.DEFAULT_GATEWAY_URL : url;
    }

    @Override
    public ApiKey apiKey() {
        if (properties.sandbox().enabled()) {
            throw new ConfigurationException(
                    SANDBOX_ABSENT, "paybond.sandbox.enabled is set, and the sandbox is not on the class path");
        }
        String key = properties.apiKey();
        if (!StringUtils.hasText(key)) {
            throw new ConfigurationException(PROPERTY_MISSING, "paybond.api-key is not set");
        }
        return ApiKey.of(key);
    }

    @Override
    public @Nullable URI harborUrl() {
        return properties.harborUrl();
    }

    @Override
    public Map<Integer, VerifyingKey> capabilityRootKeys() {
        Map<Integer, VerifyingKey> keys = new TreeMap<>();
        properties.capabilityRootKeys().forEach((id, hex) -> keys.put(id, rootKey(id, hex)));
        return keys;
    }

    private static VerifyingKey rootKey(int id, String hex) {
        try {
            return VerifyingKey.ofHex(hex);
        } catch (WireException e) {
            throw new ConfigurationException(
                    PROPERTY_INVALID,
                    "paybond.capability-root-keys." + id + " is no Ed25519 public key (" + e.code() + ")");
        }
    }

    @Override
    public String toString() {
        return "PropertiesConnectionDetails[" + gatewayUrl() + "]";
    }
}
