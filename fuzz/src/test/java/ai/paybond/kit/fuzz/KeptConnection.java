package ai.paybond.kit.fuzz;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A plain HTTP client over one connection, which sends any bytes; opened again when the server ends it. */
final class KeptConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final int port;
    private final String bearer;
    private Socket socket;
    private InputStream in;

    /** @param status 0 when the connection was dropped */
    record Answer(int status, byte[] body) {}

    KeptConnection(int port, String bearer) {
        this.port = port;
        this.bearer = bearer;
        connect();
    }

    private void connect() {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer exchange(String method, String path, byte[] body) {
        try {
            return tried(method, path, body);
        } catch (SocketTimeoutException hanging) {
            throw new AssertionError(method + " " + path + " is not answered", hanging);
        } catch (IOException dropped) {
            close();
            connect();
            return new Answer(0, new byte[0]);
        }
    }

    private Answer tried(String method, String path, byte[] body) throws IOException {
        String head = method + " " + path + " HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer " + bearer
                + "\r\ncontent-type: application/json\r\ncontent-length: " + body.length + "\r\n\r\n";
        byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
        byte[] request = new byte[start.length + body.length];
        System.arraycopy(start, 0, request, 0, start.length);
        System.arraycopy(body, 0, request, start.length, body.length);
        socket.getOutputStream().write(request);
        String reply = head();
        byte[] content = in.readNBytes(length(reply));
        return new Answer(Integer.parseInt(reply.substring(9, 12)), content);
    }

    private String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int last = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.write(b);
            last = last << 8 | b;
            if (last == 0x0d0a0d0a) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
        }
        throw new IOException("the connection was ended");
    }

    private static int length(String head) {
        for (String line : head.split("\r\n")) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                return Integer.parseInt(line.substring(15).strip());
            }
        }
        throw new AssertionError("an answer without a length: " + head);
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
