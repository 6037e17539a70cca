/**
 * Sells HTTP routes for credits: 402 without a good token, the work with one, and a settle once it was done. Open
 * {@link ai.paybond.kit.nevermined.http.PaidRoutes} first; {@link ai.paybond.kit.nevermined.http.PaidHttpHandler} puts it in front of the
 * JDK's own server, and the packages below in front of servlet containers and WebFlux.
 */
@NullMarked
package ai.paybond.kit.nevermined.http;

import org.jspecify.annotations.NullMarked;
