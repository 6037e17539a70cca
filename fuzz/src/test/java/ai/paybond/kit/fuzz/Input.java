package ai.paybond.kit.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes an input apart: a choice, then content. */
final class Input {
    private final byte[] bytes;
    private int at;

    Input(byte[] bytes) {
        this.bytes = bytes;
    }

    /** 0 for {@code a}, 1 for {@code b} and so on; every byte chooses something. */
    int choice(int choices) {
        return at < bytes.length ? Math.floorMod(bytes[at++] - 'a', choices) : 0;
    }

    /** Everything up to the next line feed, as UTF-8. */
    String line() {
        int end = at;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        String line = new String(bytes, at, end - at, StandardCharsets.UTF_8);
        at = Math.min(end + 1, bytes.length);
        return line;
    }

    byte[] rest() {
        return Arrays.copyOfRange(bytes, at, bytes.length);
    }

    String text() {
        return new String(rest(), StandardCharsets.UTF_8);
    }

    static byte[] of(char choice, byte[] content) {
        byte[] input = new byte[content.length + 1];
        input[0] = (byte) choice;
        System.arraycopy(content, 0, input, 1, content.length);
        return input;
    }

    static byte[] of(char choice, String content) {
        return of(choice, content.getBytes(StandardCharsets.UTF_8));
    }
}
