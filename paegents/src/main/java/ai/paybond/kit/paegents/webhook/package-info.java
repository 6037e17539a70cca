/**
 * Tells genuine webhooks from others. Start at {@link ai.paybond.kit.paegents.webhook.WebhookVerifier}.
 */
@NullMarked
package ai.paybond.kit.paegents.webhook;

import org.jspecify.annotations.NullMarked;
