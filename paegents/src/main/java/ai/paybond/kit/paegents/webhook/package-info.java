/**
 * Tells genuine webhooks from others. Start at {@link ai.paybond.kit.paegents.webhook.WebhookVerifier}; in a servlet
 * container {@link ai.paybond.kit.paegents.webhook.WebhookFilter} asks it, in Spring MVC
 * {@link ai.paybond.kit.paegents.webhook.WebhookInterceptor}.
 */
@NullMarked
package ai.paybond.kit.paegents.webhook;

import org.jspecify.annotations.NullMarked;
