/**
 * The HTTP side of the sandbox: mounting, authentication, recognition, idempotency, errors and faults. Open
 * {@link ai.paybond.kit.sandbox.internal.http.Pipeline} first: it is the way of one request from bytes to reply.
 */
@NullMarked
package ai.paybond.kit.sandbox.internal.http;

import org.jspecify.annotations.NullMarked;
