package ai.paybond.kit.springai.autoconfigure;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.PaybondException;
import ai.paybond.kit.harbor.GatewayAuthException;
import ai.paybond.kit.harbor.HarborUnreachableException;
import ai.paybond.kit.journal.JournalException;
import ai.paybond.kit.policy.PolicyIssue;
import ai.paybond.kit.springai.autoconfigure.journal.PaybondJournalAutoConfiguration;
import java.util.stream.Collectors;
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
        String what = cause instanceof InvalidPolicyException invalid
                        && !invalid.issues().isEmpty()
                ? "paybond.policy, " + invalid.location() + ", is not valid:" + issues(invalid)
                : String.valueOf(cause.getMessage());
        return "Paybond Kit could not be set up: " + what + " [" + cause.code() + "]";
    }

    private static String issues(InvalidPolicyException invalid) {
        return invalid.issues().stream()
                .map(PolicyIssue::toString)
                .collect(Collectors.joining("\n\t", "\n\n\t", "\n\n"));
    }

    private static @Nullable String action(PaybondException cause) {
        if (cause instanceof InvalidPolicyException invalid) {
            return invalid.issues().isEmpty()
                    ? "Set paybond.policy to a file that can be read, such as classpath:paybond.policy.yaml."
                    : "Correct the policy at the lines that the description names; 'paybond policy check' reads it the"
                            + " same way.";
        }
        if (cause instanceof ConfigurationException) {
            return configurationAction(cause.code());
        }
        if (cause instanceof GatewayAuthException) {
            return "Check that paybond.api-key is complete, not revoked, and belongs to paybond.gateway-url.";
        }
        if (cause instanceof HarborUnreachableException) {
            return "Check paybond.gateway-url and paybond.harbor-url, and that this machine can reach them. To develop"
                    + " without a Gateway, set paybond.sandbox.enabled=true.";
        }
        return cause instanceof JournalException
                ? "Check what paybond.journal.* names: that the file or the database is there, can be written to, and is"
                        + " of this version of the kit."
                : null;
    }

    private static String configurationAction(String code) {
        return switch (code) {
            case PropertiesConnectionDetails.PROPERTY_MISSING ->
                "Set the environment variable PAYBOND_API_KEY or the property. To develop without a key, add"
                        + " ai.paybond.kit:paybond-kit-sandbox and set paybond.sandbox.enabled=true. An application with"
                        + " guards of its own defines a bean of type ToolGuard or GuardResolver instead.";
            case PropertiesConnectionDetails.SANDBOX_ABSENT ->
                "Add ai.paybond.kit:paybond-kit-sandbox, or set paybond.api-key and paybond.gateway-url in place of"
                        + " paybond.sandbox.enabled.";
            case UndeclaredToolCheck.UNDECLARED ->
                "Annotate the tools with @CapabilityGuarded or define ToolDeclaration beans for them; where"
                        + " paybond.policy is set, declare them there. With paybond.strict=false the application starts,"
                        + " and the tools stay denied.";
            case ChatClientCheck.UNGUARDED ->
                "Build the chat clients with the auto-configured ChatClient.Builder or with GuardedChatClient. With"
                        + " paybond.strict=false the application starts, and what they run is not guarded.";
            case McpToolCheck.UNGUARDED ->
                "Annotate the methods with @CapabilityGuarded and set paybond.aop.enabled=true, offer ToolCallback beans"
                        + " instead, or set paybond.mcp.allow-unguarded-tools=true.";
            case InterceptionCheck.NOT_INTERCEPTED ->
                "Let Spring make these beans, so that they are proxies, or take @CapabilityGuarded off their methods.";
            case "capability_root_key.missing" ->
                "Set paybond.capability-root-keys.<id> to the key that capabilities are signed with, or"
                        + " paybond.remote-verification-only=true to leave them to Harbor alone.";
            case "journal.driver" ->
                "Add org.xerial:sqlite-jdbc, which paybond-kit-spring-ai-starter brings, or set paybond.journal.type.";
            case "journal.migrations" ->
                "Add org.flywaydb:flyway-database-postgresql, or make the tables yourself and set"
                        + " paybond.journal.migrate=false.";
            case PaybondJournalAutoConfiguration.NO_DATA_SOURCE ->
                "Define a DataSource for a PostgreSQL database, name one of several by paybond.journal.data-source, or"
                        + " set paybond.journal.type=file.";
            default -> "Correct the configuration that the description names.";
        };
    }
}
