/**
 * HTTP to the Nevermined backend; not part of the API. {@link ai.paybond.kit.nevermined.internal.BackendHttp} sends a request
 * exactly once, which settling needs, and is the only user of OkHttp here.
 */
@NullMarked
package ai.paybond.kit.nevermined.internal;

import org.jspecify.annotations.NullMarked;
