package ai.paybond.kit.nevermined.internal;

/** One complete reply, of bounded size. */
public record BackendReply(int status, byte[] body) {
    /** Whether the status is 2xx. */
    public boolean successful() {
        return status >= 200 && status < 300;
    }

    /** The status and the size; never the body. */
    @Override
    public String toString() {
        return "BackendReply[status=" + status + ", bytes=" + body.length + "]";
    }
}
