package ai.paybond.kit.nevermined.http;

import ai.paybond.kit.nevermined.http.PaidExchange.Completion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Holds a response back until it is known whether it is streamed. One that the handler flushes, or that outgrows the buffer, is
 * streamed: it goes out as it comes and is charged at its end. Any other is charged as its route says. For adapters of one server; not
 * thread-safe.
 */
public final class HeldBody extends OutputStream {
    private static final int BUFFER_BYTES = 1 << 20;

    private final PaidExchange exchange;
    private final Wire wire;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private @Nullable OutputStream out;
    private boolean bytesWentOut;
    private boolean streams;
    private boolean closed;

    /** How the adapter's server sends a response. */
    public interface Wire {
        /** The status that the handler chose. */
        int status();

        /** Begins a response whose length is not known. */
        OutputStream stream() throws IOException;

        /** Sends a whole response. */
        void send(Completion completion, byte[] body) throws IOException;

        /** Adds a trailer to a response that was begun, if the server can. Called before it is closed. */
        default void trailer(String receipt) {}
    }

    public HeldBody(PaidExchange exchange, Wire wire) {
        this.exchange = exchange;
        this.wire = wire;
    }

    /** From now on everything goes out as it comes. */
    public void streams() {
        streams = true;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (out == null && (streams || held.size() + length > BUFFER_BYTES)) {
            begin();
        }
        if (out == null) {
            held.write(bytes, offset, length);
        } else {
            pass(bytes, offset, length);
        }
    }

    /** The handler wants the client to see something now. */
    @Override
    public void flush() throws IOException {
        begin();
        stream().flush();
    }

    private void begin() throws IOException {
        if (out == null) {
            out = wire.stream();
            byte[] before = held.toByteArray();
            held.reset();
            pass(before, 0, before.length);
        }
    }

    private OutputStream stream() {
        if (out == null) {
            throw new IllegalStateException("the response has not begun");
        }
        return out;
    }

    private void pass(byte[] bytes, int offset, int length) throws IOException {
        try {
            stream().write(bytes, offset, length);
            bytesWentOut = bytesWentOut || length > 0;
        } catch (IOException e) {
            broken();
            throw e;
        }
    }

    /** A client that has seen part of the answer pays; one that has seen nothing does not. */
    private void broken() {
        if (bytesWentOut) {
            exchange.sent(wire.status());
        } else {
            exchange.cancel();
        }
    }

    /** Forgets what was not sent: the handler starts its response over. */
    public void reset() {
        held.reset();
    }

    /** Whether the response has begun and can no longer be changed. */
    public boolean hasBegun() {
        return out != null;
    }

    /** The response is whole: charges and sends, in the order that its route says. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        boolean isUntouched = out == null && held.size() == 0;
        if (out == null && !streams && exchange.settlesBeforeHeaders()) {
            settleThenSend();
        } else if (streams && isUntouched) {
            exchange.sent(wire.status()); // the server ends a response without a body by itself
        } else {
            sendThenSettle();
        }
    }

    private void settleThenSend() throws IOException {
        Completion completion = exchange.complete(wire.status());
        try {
            wire.send(completion, held.toByteArray());
        } catch (IOException e) {
            if (!completion.headers().isEmpty()) {
                exchange.undelivered();
            }
            throw e;
        }
    }

    private void sendThenSettle() throws IOException {
        try {
            begin();
            stream().flush();
        } catch (IOException e) {
            broken();
            throw e;
        }
        exchange.sent(wire.status()).ifPresent(wire::trailer);
        stream().close();
    }
}
