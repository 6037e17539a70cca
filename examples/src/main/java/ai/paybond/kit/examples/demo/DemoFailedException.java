package ai.paybond.kit.examples.demo;

/** Something in a demo went otherwise than it must; the transcript up to there has been printed. */
public final class DemoFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DemoFailedException(String message) {
        super(message);
    }

    static void unless(boolean expected, String message) {
        if (!expected) {
            throw new DemoFailedException(message);
        }
    }
}
