package ai.paybond.kit.nevermined.http.servlet;

import ai.paybond.kit.nevermined.X402AccessToken;
import ai.paybond.kit.nevermined.http.Entry;
import ai.paybond.kit.nevermined.http.PaidExchange;
import ai.paybond.kit.nevermined.http.PaidRoutes;
import ai.paybond.kit.nevermined.http.PaymentDemand;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;

/**
 * Sells the routes of a servlet container or of Spring MVC. A response that is asynchronous, of a media type made of parts
 * such as {@code text/event-stream}, or longer than 1 MiB counts as streamed; it is charged when it has gone out, with the receipt in a
 * trailer where the protocol has trailers. Register it for requests and asynchronous
 * dispatches, outside of whatever changes statuses or bodies.
 */
public final class PaidServletFilter implements Filter {
    /** The request attribute under which a servlet finds the {@link PaidExchange} of a paid request. */
    public static final String ATTRIBUTE = "ai.paybond.kit.nevermined.payment";

    private final PaidRoutes routes;

    public PaidServletFilter(PaidRoutes routes) {
        this.routes = Objects.requireNonNull(routes, "routes");
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean isFirst = request.getAttribute(ATTRIBUTE) == null;
        if (isFirst && request instanceof HttpServletRequest asked && response instanceof HttpServletResponse answer) {
            enter(asked, answer, chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void enter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Entry entry = routes.enter(
                request.getMethod(),
                request.getRequestURI().substring(request.getContextPath().length()),
                request.getQueryString(),
                request.getHeader(X402AccessToken.HEADER));
        if (entry instanceof Entry.Paid paid) {
            serve(request, response, chain, paid.exchange());
        } else if (entry instanceof Entry.Unpaid unpaid) {
            answer(response, unpaid.demand());
        } else {
            chain.doFilter(request, response);
        }
    }

    private static void serve(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain, PaidExchange paid)
            throws IOException, ServletException {
        HeldServletResponse held = new HeldServletResponse(response, paid);
        request.setAttribute(ATTRIBUTE, paid);
        boolean isOpen = true;
        try {
            chain.doFilter(new HeldServletRequest(request, held), held);
            if (request.isAsyncStarted()) {
                isOpen = false;
                request.getAsyncContext().addListener(new AsyncEnd(held, paid));
            } else {
                held.finish();
            }
        } finally {
            if (isOpen) {
                paid.cancel();
            }
        }
    }

    static void answer(HttpServletResponse response, PaymentDemand demand) throws IOException {
        byte[] body = demand.bytes();
        response.setStatus(PaymentDemand.STATUS);
        demand.headers().forEach(response::setHeader);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
