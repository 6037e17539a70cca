package ai.paybond.kit.springai.autoconfigure;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;

/**
 * What can be set for Paybond Kit.
 *
 * @param apiKey API key of the agent's tenant. A secret: set it from the environment variable PAYBOND_API_KEY
 * @param gatewayUrl Base URL of the Paybond Gateway, https://api.paybond.ai when it is not set. Not together with the sandbox
 * @param harborUrl Base URL of Harbor. Set it to exchange the API key for a Harbor token and to call Harbor directly
 * @param capabilityRootKeys Trusted root keys of capability tokens, as 64 hex digits by root key id
 * @param remoteVerificationOnly Whether to leave the verification of capability tokens to Harbor alone. When it is not set, that is done if no root key is given; false refuses to start without one
 * @param policy Location of paybond.policy.yaml. With it, only tools that it declares run, within its limits
 * @param strict Whether the application refuses to start when a tool of one of its beans is not declared. Undeclared tools are denied either way
 * @param guardToolBeans Whether beans that are tools are handed out guarded, so that a chat client built by hand or an MCP server runs them guarded too. Such a bean cannot be injected by its class
 * @param drainTimeout How long a graceful shutdown waits for evidence to be delivered. What is left stays in the journal
 * @param conversations The guards of the conversations in progress
 * @param journal Where guarded calls are remembered
 * @param observation What is observed of guarded calls
 * @param sandbox The embedded Gateway and Harbor, for development
 */
@ConfigurationProperties("paybond")
public record PaybondProperties(
        @Nullable String apiKey,
        @Nullable URI gatewayUrl,
        @Nullable URI harborUrl,
        @DefaultValue Map<Integer, String> capabilityRootKeys,
        @Nullable Boolean remoteVerificationOnly,
        @Nullable Resource policy,
        @DefaultValue("true") boolean strict,
        @DefaultValue("true") boolean guardToolBeans,
        @DefaultValue("10s") Duration drainTimeout,
        @DefaultValue Conversations conversations,
        @DefaultValue Journal journal,
        @DefaultValue Observation observation,
        @DefaultValue Sandbox sandbox)
        implements Validator {

    /**
     * The guards of the conversations in progress.
     *
     * @param timeToLive How long a conversation's handle is good for, counted from its opening
     * @param capacity How many conversations may be open at once
     */
    public record Conversations(
            @DefaultValue("1h") Duration timeToLive,
            @DefaultValue("10000") int capacity) {}

    /**
     * Where guarded calls are remembered.
     *
     * @param type Which store. By default the application's data source if it is PostgreSQL, and a file otherwise
     * @param file The file of an embedded journal, made with its directory if it is not there
     * @param dataSource Name of the data source bean, where there are several and none is primary
     * @param schema The schema of a journal in PostgreSQL
     * @param migrate Whether schema and tables of a journal in PostgreSQL are made and updated at startup, which needs org.flywaydb:flyway-database-postgresql
     */
    public record Journal(
            @DefaultValue("auto") JournalType type,
            @DefaultValue("paybond-journal.db") Path file,
            @Nullable String dataSource,
            @DefaultValue("paybond") String schema,
            @DefaultValue("true") boolean migrate) {}

    /** Which store remembers guarded calls. */
    public enum JournalType {
        /** The application's data source if there is one and it is PostgreSQL, otherwise a file. */
        AUTO,
        /** The application's data source, which must be PostgreSQL. */
        DATA_SOURCE,
        /** A file on a local disk. */
        FILE,
        /** Memory: what is not delivered when the process ends is lost. */
        MEMORY
    }

    /**
     * What is observed of guarded calls.
     *
     * @param mdc Whether log lines of a running tool carry the ids of its call, intent and decision in SLF4J's MDC
     */
    public record Observation(@DefaultValue("true") boolean mdc) {}

    /**
     * The embedded Gateway and Harbor.
     *
     * @param enabled Whether to start a sandbox on the loopback address and to use it in place of a Gateway, which needs ai.paybond.kit:paybond-kit-sandbox
     * @param budgetCents What the sandbox's intents may spend, in cents
     */
    public record Sandbox(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("100000") long budgetCents) {}

    @Override
    public boolean supports(Class<?> type) {
        return type == PaybondProperties.class;
    }

    /** Refuses values that are out of range and settings that contradict each other. */
    @Override
    public void validate(Object target, Errors errors) {
        PaybondProperties properties = (PaybondProperties) target;
        PropertiesRules.check(properties, errors);
    }

    /** Without the API key. */
    @Override
    public String toString() {
        return "PaybondProperties[apiKey=" + (apiKey == null ? "unset" : "redacted") + ", gatewayUrl=" + gatewayUrl
                + ", harborUrl=" + harborUrl + ", capabilityRootKeys=" + capabilityRootKeys.keySet()
                + ", remoteVerificationOnly=" + remoteVerificationOnly + ", policy=" + policy + ", strict=" + strict
                + ", guardToolBeans=" + guardToolBeans + ", drainTimeout=" + drainTimeout + ", conversations="
                + conversations + ", journal=" + journal + ", observation=" + observation + ", sandbox=" + sandbox
                + "]";
    }
}
