package ai.paybond.kit.fuzz;

import java.util.Arrays;
import java.util.Random;

/** Small damages: flipped bits, other bytes, cuts, doublings. */
final class Mutations {
    private static final int MOST = 4;

    private final Random random;

    Mutations(Random random) {
        this.random = random;
    }

    byte[] of(byte[] seed) {
        byte[] mutated = seed;
        for (int left = 1 + random.nextInt(MOST); left > 0; left--) {
            mutated = mutated.length == 0 ? new byte[] {(byte) random.nextInt(256)} : once(mutated);
        }
        return mutated;
    }

    private byte[] once(byte[] bytes) {
        byte[] copy = bytes.clone();
        int at = random.nextInt(copy.length);
        switch (random.nextInt(5)) {
            case 0 -> copy[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> copy[at] = (byte) random.nextInt(256);
            case 2 -> copy[at] = (byte) "{}[]\",:0-9eE.\\\n\0@".charAt(random.nextInt(17));
            case 3 -> copy = without(copy, at, 1 + random.nextInt(copy.length - at));
            default -> copy = doubled(copy, at, 1 + random.nextInt(copy.length - at));
        }
        return copy;
    }

    private static byte[] without(byte[] bytes, int from, int length) {
        byte[] less = Arrays.copyOf(bytes, bytes.length - length);
        System.arraycopy(bytes, from + length, less, from, bytes.length - from - length);
        return less;
    }

    private static byte[] doubled(byte[] bytes, int from, int length) {
        byte[] more = Arrays.copyOf(bytes, bytes.length + length);
        System.arraycopy(bytes, from, more, from + length, bytes.length - from);
        return more;
    }
}
