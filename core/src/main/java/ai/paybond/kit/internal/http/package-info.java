/**
 * HTTP for the whole kit, and the only user of OkHttp. {@link ai.paybond.kit.internal.http.HttpTransport} sends one
 * {@link ai.paybond.kit.internal.http.HttpCall} with its retries and hands back a bounded
 * {@link ai.paybond.kit.internal.http.HttpReply}; it knows nothing of Harbor, tenants or JSON.
 */
@NullMarked
package ai.paybond.kit.internal.http;

import org.jspecify.annotations.NullMarked;
