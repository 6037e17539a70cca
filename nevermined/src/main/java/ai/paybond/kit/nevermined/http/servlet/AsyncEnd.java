package ai.paybond.kit.nevermined.http.servlet;

import ai.paybond.kit.nevermined.http.PaidExchange;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;

/** Ends the exchange of an asynchronous request with it. */
final class AsyncEnd implements AsyncListener {
    private final HeldServletResponse held;
    private final PaidExchange paid;

    AsyncEnd(HeldServletResponse held, PaidExchange paid) {
        this.held = held;
        this.paid = paid;
    }

    @Override
    public void onComplete(AsyncEvent event) throws IOException {
        try {
            held.finish();
        } finally {
            paid.cancel();
        }
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        paid.cancel();
    }

    @Override
    public void onError(AsyncEvent event) {
        paid.cancel();
    }

    /** Started again, it needs to be watched again. */
    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }
}
