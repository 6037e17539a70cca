package ai.paybond.kit.springai.web.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Approvals over HTTP.
 *
 * @param enabled Whether calls that wait for a person can be listed and answered over HTTP
 * @param path Where
 * @param role The role that whoever approves must have. A bean of type ApprovalAuthorization takes the place of this; without either the application does not start
 */
@ConfigurationProperties("paybond.approvals")
record PaybondApprovalsProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("/paybond/approvals") String path,
        @Nullable String role) {}
