package ai.paybond.kit.nevermined.http.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/** A request whose asynchronous handler gets the held response too. */
final class HeldServletRequest extends HttpServletRequestWrapper {
    private final HeldServletResponse held;

    HeldServletRequest(HttpServletRequest request, HeldServletResponse held) {
        super(request);
        this.held = held;
    }

    @Override
    public AsyncContext startAsync() {
        return startAsync(this, held);
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        held.streams();
        return super.startAsync(request, response);
    }
}
