package ai.paybond.kit.nevermined.http.servlet;

import ai.paybond.kit.nevermined.SettlementReceipt;
import ai.paybond.kit.nevermined.http.HeldBody;
import ai.paybond.kit.nevermined.http.PaidExchange;
import ai.paybond.kit.nevermined.http.PaidExchange.Completion;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A response that is held until it is charged for. */
final class HeldServletResponse extends HttpServletResponseWrapper {
    private static final List<String> STREAMED = List.of(
            "text/event-stream", "application/x-ndjson", "application/stream+json", "multipart/x-mixed-replace");

    private final HttpServletResponse response;
    private final PaidExchange paid;
    private final HeldBody held;
    private final ServletOutputStream stream = new HeldStream();
    private final AtomicReference<@Nullable String> receipt = new AtomicReference<>();
    private @Nullable PrintWriter writer;
    private boolean isAsync;
    private boolean ended;

    HeldServletResponse(HttpServletResponse response, PaidExchange paid) {
        super(response);
        this.response = response;
        this.paid = paid;
        this.held = new HeldBody(paid, new ServletWire());
    }

    /** The request is served asynchronously: what is written goes out. */
    void streams() {
        isAsync = true;
        held.streams();
    }

    /**
     * Frameworks flush every response at its end, so a flush means streaming only where the client reads along: asynchronous
     * responses, and media types made of parts.
     */
    private boolean isStreamed() {
        String type = getContentType();
        return isAsync || type != null && STREAMED.stream().anyMatch(type::startsWith);
    }

    /** The handler is done: charges and sends, unless it answered with an error of the container. */
    void finish() throws IOException {
        if (writer != null) {
            writer.flush();
        }
        if (!ended) {
            ended = true;
            held.close();
        }
    }

    private final class ServletWire implements HeldBody.Wire {
        @Override
        public int status() {
            return response.getStatus();
        }

        @Override
        public OutputStream stream() throws IOException {
            if (!response.isCommitted()) {
                response.setTrailerFields(HeldServletResponse.this::trailers);
            }
            return response.getOutputStream();
        }

        @Override
        public void send(Completion completion, byte[] body) throws IOException {
            if (completion.instead() != null) {
                response.reset();
                PaidServletFilter.answer(response, completion.instead());
            } else {
                completion.headers().forEach(response::setHeader);
                response.setContentLength(body.length);
                response.getOutputStream().write(body);
            }
            response.flushBuffer();
        }

        @Override
        public void trailer(String header) {
            receipt.set(header);
        }
    }

    private Map<String, String> trailers() {
        String header = receipt.get();
        return header == null ? Map.of() : Map.of(SettlementReceipt.HEADER, header);
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return stream;
    }

    @Override
    public PrintWriter getWriter() {
        PrintWriter open = writer;
        if (open == null) {
            String name = getCharacterEncoding();
            Charset charset = name == null ? StandardCharsets.ISO_8859_1 : Charset.forName(name);
            open = new PrintWriter(new OutputStreamWriter(stream, charset));
            writer = open;
        }
        return open;
    }

    @Override
    public void flushBuffer() throws IOException {
        if (writer != null) {
            writer.flush();
        }
        stream.flush();
    }

    @Override
    public boolean isCommitted() {
        return ended || held.hasBegun() || super.isCommitted();
    }

    @Override
    public void resetBuffer() {
        held.reset();
        super.resetBuffer();
    }

    @Override
    public void reset() {
        held.reset();
        super.reset();
    }

    /** An error is nothing to pay for. */
    @Override
    public void sendError(int status, String message) throws IOException {
        end();
        super.sendError(status, message);
    }

    @Override
    public void sendError(int status) throws IOException {
        end();
        super.sendError(status);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        end();
        super.sendRedirect(location);
    }

    private void end() {
        ended = true;
        held.reset();
        paid.cancel();
    }

    /** The length is known once the response is whole. */
    @Override
    public void setContentLength(int length) {}

    @Override
    public void setContentLengthLong(long length) {}

    private final class HeldStream extends ServletOutputStream {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException("a paid response is held; write to it without a listener");
        }

        @Override
        public void write(int b) throws IOException {
            held.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            held.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            if (isStreamed()) {
                held.flush();
            }
        }
    }
}
