package ai.paybond.kit.cli;

import ai.paybond.kit.ApiKey;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A new file that its owner alone can read. Whatever stands there already, a link included, is left alone. */
final class KeyFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private boolean written;

    private KeyFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Makes the file, empty; closing it without a key removes it again. */
    static KeyFile reserve(Path path) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            throw new IOException("no file can be kept from other users here: " + path);
        }
        FileAttribute<?> ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try {
            return new KeyFile(
                    path,
                    FileChannel.open(
                            path,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                            ownerOnly));
        } catch (FileAlreadyExistsException e) {
            throw new IOException(path + " exists already and is not overwritten", e);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no directory for " + path, e);
        }
    }

    Path path() {
        return path;
    }

    void write(ApiKey key, URI gateway) throws IOException {
        String text = "PAYBOND_API_KEY=" + key.expose() + "\nPAYBOND_GATEWAY_URL=" + gateway + "\n";
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(true);
        written = true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!written) {
            Files.deleteIfExists(path);
        }
    }
}
