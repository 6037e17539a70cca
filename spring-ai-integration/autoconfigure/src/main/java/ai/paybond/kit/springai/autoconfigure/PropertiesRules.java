package ai.paybond.kit.springai.autoconfigure;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.PaybondEnvironment;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;
import org.springframework.validation.Errors;

/** What Spring Boot's binding cannot see about {@link PaybondProperties}. No message holds the API key. */
final class PropertiesRules {

    private static final Duration A_DAY = Duration.ofDays(1);

    private final PaybondProperties properties;
    private final Errors errors;

    private PropertiesRules(PaybondProperties properties, Errors errors) {
        this.properties = properties;
        this.errors = errors;
    }

    static void check(PaybondProperties properties, Errors errors) {
        PropertiesRules rules = new PropertiesRules(properties, errors);
        rules.checkAddresses();
        rules.checkLimits();
        if (properties.sandbox().enabled()) {
            rules.checkSandbox();
        }
    }

    private void checkAddresses() {
        require(isAbsolute(properties.gatewayUrl()), "gatewayUrl", "is not an http or https address");
        require(isAbsolute(properties.harborUrl()), "harborUrl", "is not an http or https address");
    }

    private static boolean isAbsolute(@Nullable URI url) {
        return url == null || ("https".equals(url.getScheme()) || "http".equals(url.getScheme()));
    }

    private void checkLimits() {
        PaybondProperties.Conversations conversations = properties.conversations();
        require(isPositive(conversations.timeToLive()), "conversations.timeToLive", "is not above 0");
        require(conversations.capacity() > 0, "conversations.capacity", "is not above 0");
        Duration drain = properties.drainTimeout();
        require(!drain.isNegative() && drain.compareTo(A_DAY) <= 0, "drainTimeout", "is not between 0 and a day");
        require(properties.sandbox().budgetCents() > 0, "sandbox.budgetCents", "is not above 0");
    }

    /** A sandbox beside the real thing would sooner or later be taken for it. */
    private void checkSandbox() {
        String field = "sandbox.enabled";
        require(properties.gatewayUrl() == null, field, "cannot be set together with paybond.gateway-url");
        require(properties.harborUrl() == null, field, "cannot be set together with paybond.harbor-url");
        require(!isLive(properties.apiKey()), field, "cannot be set together with a live paybond.api-key");
        require(properties.capabilityRootKeys().isEmpty(), field, "brings its own paybond.capability-root-keys");
    }

    private static boolean isLive(@Nullable String key) {
        try {
            return StringUtils.hasText(key)
                    && ApiKey.of(key).environment().equals(Optional.of(PaybondEnvironment.LIVE));
        } catch (ConfigurationException e) {
            return true;
        }
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private void require(boolean fulfilled, String field, String complaint) {
        if (!fulfilled) {
            errors.rejectValue(field, "paybond.invalid", complaint);
        }
    }
}
