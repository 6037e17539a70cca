/**
 * Pays for HTTP calls: put {@link ai.paybond.kit.nevermined.buyer.PaymentInterceptor} into an OkHttp client, and it answers a 402 with a
 * token, once, within the limits of a {@link ai.paybond.kit.nevermined.buyer.Wallet}.
 */
@NullMarked
package ai.paybond.kit.nevermined.buyer;

import org.jspecify.annotations.NullMarked;
