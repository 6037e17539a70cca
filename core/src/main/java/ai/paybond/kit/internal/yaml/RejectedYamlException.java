package ai.paybond.kit.internal.yaml;

/** A text that is not the YAML we read. Holds nothing of the text but a pointer. */
public final class RejectedYamlException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Fault fault;
    private final String path;
    private final transient Position position;

    RejectedYamlException(Fault fault, String path, Position position) {
        super(fault.message());
        this.fault = fault;
        this.path = path;
        this.position = position;
    }

    public Fault fault() {
        return fault;
    }

    /** JSON pointer of what was being read. */
    public String path() {
        return path;
    }

    public Position position() {
        return position;
    }

    /** Why a text is refused. */
    public enum Fault {
        SYNTAX("not well-formed YAML"),
        EMPTY("the text holds no document"),
        DOCUMENTS("more than one document"),
        ALIAS("anchors and aliases are not read"),
        TAG("tags and %TAG directives are not read"),
        KEY("a name is a string of 1 to 128 printable characters, and not <<"),
        DUPLICATE_KEY("a name stands twice"),
        NUMBER("not a number that JSON knows"),
        DEPTH("nested too deeply");

        private final String message;

        Fault(String message) {
            this.message = message;
        }

        /** For people. */
        public String message() {
            return message;
        }
    }
}
