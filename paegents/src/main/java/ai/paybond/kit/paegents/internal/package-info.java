/**
 * HTTP to Paegents; not part of the API. {@link ai.paybond.kit.paegents.internal.HttpSender} sends a request once,
 * {@link ai.paybond.kit.paegents.internal.RetryingSender} as often as its rules allow. The only user of OkHttp here.
 */
@NullMarked
package ai.paybond.kit.paegents.internal;

import org.jspecify.annotations.NullMarked;
