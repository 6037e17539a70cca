package ai.paybond.kit.internal.http;

import ai.paybond.kit.wire.Digest32;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A reply body that goes to a file instead of memory. Every attempt begins the file anew. Used by one thread at a time.
 */
public final class Download {
    private static final int BUFFER = 64 * 1024;

    private final Path file;
    private final long maxBytes;
    private long bytes;
    private Digest32 sha256 = Digest32.sha256(new byte[0]);

    /**
     * @param file an existing file, to be overwritten
     * @param maxBytes how many bytes are taken at most
     */
    public Download(Path file, long maxBytes) {
        this.file = file;
        this.maxBytes = maxBytes;
    }

    /** How many bytes arrived. */
    public long bytes() {
        return bytes;
    }

    /** Their digest. */
    public Digest32 sha256() {
        return sha256;
    }

    long maxBytes() {
        return maxBytes;
    }

    /**
     * Copies all of the body, unless it is too large.
     *
     * @return whether it fitted
     * @throws IOException when the body breaks off
     * @throws UncheckedIOException when the file cannot be written
     */
    boolean take(InputStream body) throws IOException {
        MessageDigest digest = digest();
        bytes = 0;
        try (OutputStream out = open()) {
            byte[] buffer = new byte[BUFFER];
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                bytes += read;
                if (bytes > maxBytes) {
                    return false;
                }
                digest.update(buffer, 0, read);
                write(out, buffer, read);
            }
        }
        sha256 = Digest32.of(digest.digest());
        return true;
    }

    private OutputStream open() {
        try {
            return Files.newOutputStream(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(OutputStream out, byte[] buffer, int length) {
        try {
            out.write(buffer, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
