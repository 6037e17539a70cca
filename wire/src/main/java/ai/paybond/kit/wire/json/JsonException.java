package ai.paybond.kit.wire.json;

import ai.paybond.kit.wire.WireException;

/**
 * Text that is not acceptable JSON ({@code json.*}), or a value without an unambiguous canonical form ({@code
 * canonical.*}). The message never quotes either.
 */
public final class JsonException extends WireException {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final long offset;

    JsonException(String code, String path, long offset) {
        super(code, offset < 0 ? code : code + " at offset " + offset);
        this.path = path;
        this.offset = offset;
    }

    /** Where in the document, as a JSON Pointer (RFC 6901); empty for the document itself. Holds names from the input. */
    public String path() {
        return path;
    }

    /** The character offset of the fault in the text, or -1 if no text was read. */
    public long offset() {
        return offset;
    }
}
