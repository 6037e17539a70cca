package ai.paybond.kit.cli;

import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads what a command was pointed at, within bounds. */
final class InputFile {
    private static final int LARGEST_BYTES = 4 << 20;

    private InputFile() {}

    /** The text of a file, or of standard input for {@code -}. */
    static String text(Path file) throws IOException {
        try (InputStream in = file.toString().equals("-") ? System.in : Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST_BYTES + 1);
            if (bytes.length > LARGEST_BYTES) {
                throw new IOException(file + " has more than " + LARGEST_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    static JsonObject jsonObject(Path file) throws IOException {
        try {
            return JsonObject.parse(text(file));
        } catch (JsonException e) {
            throw new IOException(file + " is not a JSON object (" + e.code() + " at " + e.path() + ")", e);
        }
    }
}
