package ai.paybond.kit.policy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files of policies within their bounds. */
final class PolicyText {
    private static final int LARGEST_BYTES = 256 << 10;

    private PolicyText() {}

    static String of(Path file) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LARGEST_BYTES + 1);
        } catch (IOException e) {
            throw PolicyException.of(PolicyCodes.UNREADABLE, "", "the file cannot be read");
        }
        if (bytes.length > LARGEST_BYTES) {
            throw tooLarge();
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw PolicyException.of(PolicyCodes.ENCODING, "", "the file is not UTF-8");
        }
    }

    static void requireBounded(String text) {
        // UTF-8 needs at least one byte for each UTF-16 unit, so an absurd text is not even encoded.
        if (text.length() > LARGEST_BYTES || text.getBytes(StandardCharsets.UTF_8).length > LARGEST_BYTES) {
            throw tooLarge();
        }
    }

    private static PolicyException tooLarge() {
        return PolicyException.of(PolicyCodes.TOO_LARGE, "", "a policy has at most 256 KiB");
    }
}
