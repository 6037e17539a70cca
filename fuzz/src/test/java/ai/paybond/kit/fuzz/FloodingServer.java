package ai.paybond.kit.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** Answers every connection's first request with a body that the client had better not read to its end. */
final class FloodingServer implements AutoCloseable {
    private final ServerSocket socket;
    private final String header;
    private final ReplyBombsTest.Sending body;
    private final AtomicLong largest = new AtomicLong();

    FloodingServer(String header, ReplyBombsTest.Sending body) {
        this.header = header;
        this.body = body;
        try {
            this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /** The most bytes that one client has taken. */
    long largestSent() {
        return largest.get();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "floods");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                daemon(() -> serve(connection));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            readHead(connection.getInputStream());
            Counting out = new Counting(connection.getOutputStream());
            out.write(
                    ("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n" + header + "\r\nconnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            body.to(out);
        } catch (IOException enough) {
            // the client has had enough
        }
    }

    private static void readHead(InputStream in) throws IOException {
        int last = 0;
        while (last != 0x0d0a0d0a) {
            int b = in.read();
            if (b < 0) {
                return;
            }
            last = last << 8 | b;
        }
    }

    private final class Counting extends OutputStream {
        private final OutputStream out;
        private long sent;

        Counting(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            sent += length;
            largest.accumulateAndGet(sent, Math::max);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
