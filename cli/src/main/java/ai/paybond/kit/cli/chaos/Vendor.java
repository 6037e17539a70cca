package ai.paybond.kit.cli.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;

/**
 * The world that the tools act upon: a file with one line for each act. What a killed process has written stays, and no
 * one but the tool writes, so that this is the truth which everything else is held against.
 */
final class Vendor {
    private final Path acts;

    Vendor(Path acts) {
        this.acts = acts;
    }

    /** Acts for this call; one write, which is there whole or not at all. */
    void act(String callId) {
        try {
            Files.write(
                    acts,
                    (callId + "\n").getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How often the tool acted for this call. */
    int timesActed(String callId) {
        return Collections.frequency(lines(), callId);
    }

    private List<String> lines() {
        try {
            return Files.exists(acts) ? Files.readAllLines(acts) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
