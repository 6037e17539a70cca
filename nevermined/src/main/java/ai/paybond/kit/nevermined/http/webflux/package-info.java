/**
 * {@link ai.paybond.kit.nevermined.http.PaidRoutes} in front of WebFlux: make
 * {@link ai.paybond.kit.nevermined.http.webflux.PaidWebFilter} a bean.
 */
@NullMarked
package ai.paybond.kit.nevermined.http.webflux;

import org.jspecify.annotations.NullMarked;
