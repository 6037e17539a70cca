package ai.paybond.kit.fuzz;

/** What Jazzer calls. The system property {@code fuzz.target} says which target a process is for. */
public final class JazzerEntry {
    private static FuzzTarget target;

    private JazzerEntry() {}

    public static void fuzzerInitialize() {
        target = Targets.ofId(System.getProperty("fuzz.target")).make();
    }

    public static void fuzzerTestOneInput(byte[] input) {
        target.run(input);
    }
}
