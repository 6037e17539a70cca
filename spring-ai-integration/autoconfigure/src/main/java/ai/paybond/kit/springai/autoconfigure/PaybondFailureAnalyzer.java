package ai.paybond.kit.springai.autoconfigure;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.PaybondException;
import ai.paybond.kit.harbor.GatewayAuthException;
import ai.paybond.kit.harbor.HarborUnreachableException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do when the application cannot start because of Paybond Kit. */
final class PaybondFailureAnalyzer extends AbstractFailureAnalyzer<PaybondException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, PaybondException cause) {
        String action = action(cause);
        return action == null ? null : new FailureAnalysis(description(cause), action, cause);
    }

    private static String description(PaybondException cause) {
        return "Paybond Kit could not be set up: " + cause.getMessage() + " [" + cause.code() + "]";
    }

    private static @Nullable String action(PaybondException cause) {
        if (cause instanceof ConfigurationException) {
            return configurationAction(cause.code());
        }
        if (cause instanceof GatewayAuthException) {
            return "Check that paybond.api-key is complete, not revoked, and belongs to paybond.gateway-url.";
        }
        return cause instanceof HarborUnreachableException
                ? "Check paybond.gateway-url and paybond.harbor-url, and that this machine can reach them."
                : null;
    }

    private static String configurationAction(String code) {
        return switch (code) {
            case PaybondAutoConfiguration.PROPERTY_MISSING ->
                "Set the environment variable PAYBOND_API_KEY or the property. An"
                        + " application with guards of its own defines a bean of type ToolGuard or GuardResolver instead.";
            case UndeclaredToolCheck.UNDECLARED ->
                "Annotate the tools with @CapabilityGuarded or define ToolDeclaration"
                        + " beans for them. With paybond.strict=false the application starts, and the tools stay denied.";
            case "capability_root_key.missing" ->
                "Set paybond.capability-root-keys.<id> to the key that capabilities are"
                        + " signed with, or paybond.remote-verification-only=true to leave them to Harbor alone.";
            default -> "Correct the configuration that the description names.";
        };
    }
}
