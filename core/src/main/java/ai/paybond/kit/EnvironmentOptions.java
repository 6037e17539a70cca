package ai.paybond.kit;

import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads options from environment variables. No message repeats a value: a key may have got into the wrong variable. */
final class EnvironmentOptions {
    private static final String API_KEY = "PAYBOND_API_KEY";
    private static final String GATEWAY_URL = "PAYBOND_GATEWAY_URL";
    private static final String GATEWAY_BASE_URL = "PAYBOND_GATEWAY_BASE_URL";
    private static final String HARBOR_URL = "PAYBOND_HARBOR_URL";
    private static final String ROOT_KEY = "PAYBOND_CAPABILITY_ROOT_KEY";
    private static final String RECOGNITION_KEY_ID = "PAYBOND_AGENT_RECOGNITION_KEY_ID";
    private static final String RECOGNITION_SEED = "PAYBOND_AGENT_RECOGNITION_SIGNING_SEED_HEX";
    private static final String PAYEE_DID = "PAYBOND_PAYEE_DID";
    private static final String PAYEE_SEED = "PAYBOND_PAYEE_SIGNING_SEED_HEX";
    private static final Pattern KEY_WITH_ID = Pattern.compile("\\s*([0-9]{1,9}):([0-9a-fA-F]{64})\\s*");

    private final Map<String, String> environment;

    private EnvironmentOptions(Map<String, String> environment) {
        this.environment = environment;
    }

    static PaybondOptions.Builder read(Map<String, String> environment) {
        EnvironmentOptions variables = new EnvironmentOptions(environment);
        PaybondOptions.Builder options = PaybondOptions.builder(variables.gatewayUrl(), variables.apiKey());
        variables.url(HARBOR_URL).ifPresent(options::harborUrl);
        variables.value(ROOT_KEY).ifPresent(keys -> addRootKeys(options, keys));
        variables
                .value(RECOGNITION_KEY_ID)
                .ifPresent(id -> options.recognitionKey(id, variables.signingKey(RECOGNITION_SEED)));
        variables
                .value(PAYEE_DID)
                .ifPresent(did -> options.payee(new PayeeIdentity(did, variables.signingKey(PAYEE_SEED))));
        return options;
    }

    private ApiKey apiKey() {
        return value(API_KEY)
                .map(ApiKey::of)
                .orElseThrow(() -> new ConfigurationException("api_key.missing", API_KEY + " is not set"));
    }

    private URI gatewayUrl() {
        return url(GATEWAY_URL).or(() -> url(GATEWAY_BASE_URL)).orElse(PaybondOptions.DEFAULT_GATEWAY_URL);
    }

    private SigningKey signingKey(String variable) {
        try {
            return SigningKey.fromSeedHex(value(variable).orElse(""));
        } catch (WireException e) {
            throw new ConfigurationException("signing_key", variable + " is not 64 hexadecimal digits");
        }
    }

    private Optional<URI> url(String variable) {
        return value(variable).map(text -> {
            try {
                return new URI(text);
            } catch (URISyntaxException e) {
                throw new ConfigurationException("url.invalid", variable + " is not an address");
            }
        });
    }

    private Optional<String> value(String variable) {
        return Optional.ofNullable(environment.get(variable)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static void addRootKeys(PaybondOptions.Builder options, String keys) {
        for (String key : keys.split(",", -1)) {
            Matcher parts = KEY_WITH_ID.matcher(key);
            if (!parts.matches()) {
                throw malformedRootKey();
            }
            options.capabilityRootKey(Integer.parseInt(parts.group(1)), verifyingKey(parts.group(2)));
        }
    }

    private static VerifyingKey verifyingKey(String hex) {
        try {
            return VerifyingKey.ofHex(hex);
        } catch (WireException e) {
            throw malformedRootKey();
        }
    }

    private static ConfigurationException malformedRootKey() {
        return new ConfigurationException(
                "capability.root_key", ROOT_KEY + " is not a list of id:64 hexadecimal digits of Ed25519 keys");
    }
}
