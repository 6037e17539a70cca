/**
 * {@link ai.paybond.kit.nevermined.http.PaidRoutes} in front of servlets, Spring MVC included: register
 * {@link ai.paybond.kit.nevermined.http.servlet.PaidServletFilter} for the paths that are sold.
 */
@NullMarked
package ai.paybond.kit.nevermined.http.servlet;

import org.jspecify.annotations.NullMarked;
