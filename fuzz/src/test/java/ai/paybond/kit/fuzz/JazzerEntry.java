package ai.paybond.kit.fuzz;

/** What Jazzer calls. The system property {@code fuzz.target} says which target a process is for. */
public final class JazzerEntry {
    private static FuzzTarget target;

    private JazzerEntry() {}

    public static void fuzzerInitialize() {
        target = Targets.ofId(System.getProperty("fuzz.target")).make();
        // loading and instrumenting classes is not what an input's time is for
        target.seeds().forEach(target::run);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        target.run(input);
    }
}
