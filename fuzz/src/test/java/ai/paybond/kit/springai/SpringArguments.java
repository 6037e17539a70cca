package ai.paybond.kit.springai;

/** The way into a reading that is not public. */
public final class SpringArguments {
    private SpringArguments() {}

    /** What is canonical stays so. */
    public static void read(String text, String schema) {
        String canonical = ToolArguments.canonical(ToolArguments.orEmpty(text));
        if (!ToolArguments.canonical(canonical).equals(canonical)) {
            throw new AssertionError("the arguments change when they are read again");
        }
        ToolArguments.areOfDeclaredTypes(canonical, schema);
    }
}
