/**
 * The little HTTP that both example services stand on. Start at
 * {@link ai.paybond.kit.examples.http.LoopbackServer}; a request and its JSON answer are a
 * {@link ai.paybond.kit.examples.http.JsonExchange}.
 */
@NullMarked
package ai.paybond.kit.examples.http;

import org.jspecify.annotations.NullMarked;
