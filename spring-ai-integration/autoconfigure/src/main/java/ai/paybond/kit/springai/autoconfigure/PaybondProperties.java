package ai.paybond.kit.springai.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be set for Paybond Kit.
 *
 * @param apiKey API key of the agent's tenant. A secret: set it from the environment variable PAYBOND_API_KEY
 * @param gatewayUrl Base URL of the Paybond Gateway
 * @param harborUrl Base URL of Harbor. Set it to exchange the API key for a Harbor token and to call Harbor directly
 * @param capabilityRootKeys Trusted root keys of capability tokens, as 64 hex digits by root key id
 * @param remoteVerificationOnly Whether to leave the verification of capability tokens to Harbor alone
 * @param strict Whether the application refuses to start when a tool of one of its beans is not declared. Undeclared tools are denied either way
 * @param guardToolBeans Whether beans that are tools are handed out guarded, so that a chat client built by hand or an MCP server runs them guarded too. Such a bean cannot be injected by its class
 * @param conversations The guards of the conversations in progress
 */
@ConfigurationProperties("paybond")
public record PaybondProperties(
        @Nullable String apiKey,
        @DefaultValue("https://api.paybond.ai") URI gatewayUrl,
        @Nullable URI harborUrl,
        @DefaultValue Map<Integer, String> capabilityRootKeys,
        @DefaultValue("false") boolean remoteVerificationOnly,
        @DefaultValue("true") boolean strict,
        @DefaultValue("true") boolean guardToolBeans,
        @DefaultValue Conversations conversations) {

    /**
     * The guards of the conversations in progress.
     *
     * @param timeToLive How long a conversation's handle is good for, counted from its opening
     * @param capacity How many conversations may be open at once
     */
    public record Conversations(
            @DefaultValue("1h") Duration timeToLive,
            @DefaultValue("10000") int capacity) {}

    /** Without the API key. */
    @Override
    public String toString() {
        return "PaybondProperties[apiKey=" + (apiKey == null ? "unset" : "redacted") + ", gatewayUrl=" + gatewayUrl
                + ", harborUrl=" + harborUrl + ", capabilityRootKeys=" + capabilityRootKeys.keySet()
                + ", remoteVerificationOnly=" + remoteVerificationOnly + ", strict=" + strict + ", guardToolBeans="
                + guardToolBeans + ", conversations=" + conversations + "]";
    }
}
