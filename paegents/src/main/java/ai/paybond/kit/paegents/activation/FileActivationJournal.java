package ai.paybond.kit.paegents.activation;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.wire.Digest32;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** One file per agreement: written beside, flushed, then moved into place, so that a reader sees the old or the new one. */
final class FileActivationJournal implements ActivationJournal {
    private static final int MAX_BYTES = 1 << 20;

    private final Path directory;

    FileActivationJournal(Path directory) {
        this.directory = directory;
    }

    @Override
    public Optional<ActivationRecord> find(String agreementId) {
        Path file = file(agreementId);
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            ActivationRecord activation = Files.size(file) > MAX_BYTES
                    ? null
                    : ActivationRecord.parse(Files.readAllBytes(file)).orElse(null);
            if (activation == null || !activation.agreementId().equals(agreementId)) {
                throw new PaybondException("activation.journal", "what was kept of the activation is damaged");
            }
            return Optional.of(activation);
        } catch (IOException e) {
            throw fault(e);
        }
    }

    @Override
    public synchronized void keep(ActivationRecord activation) {
        byte[] bytes = activation.toJson().toJson().getBytes(StandardCharsets.UTF_8);
        try {
            Path beside = Files.createTempFile(directory, "activation", ".tmp", ownerOnly());
            try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(beside, file(activation.agreementId()), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw fault(e);
        }
    }

    @Override
    public void forget(String agreementId) {
        try {
            Files.deleteIfExists(file(agreementId));
        } catch (IOException e) {
            throw fault(e);
        }
    }

    /** Hashed, so that no id becomes a path. */
    private Path file(String agreementId) {
        String name =
                Digest32.sha256(agreementId.getBytes(StandardCharsets.UTF_8)).hex();
        return directory.resolve("activation-" + name.substring(0, 40) + ".json");
    }

    private static FileAttribute<?>[] ownerOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static PaybondException fault(IOException e) {
        return new PaybondException("activation.journal", "the activation could not be kept or read", e);
    }
}
