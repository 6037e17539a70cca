package ai.paybond.kit.internal.http;

/** Where a request's bearer credential comes from. Asked once per attempt. Safe for use by many threads. */
public interface Bearer {
    /** The credential to send now; empty for none. */
    String current();

    /**
     * Told when the server refused {@code rejected} with 401.
     *
     * @return whether {@link #current()} now gives another credential, so that one more attempt is worth it
     */
    boolean renew(String rejected);

    /** No credential: the request goes out without one. */
    static Bearer none() {
        return fixed("");
    }

    /** A credential that cannot be renewed, such as an API key. */
    static Bearer fixed(String credential) {
        return new Bearer() {
            @Override
            public String current() {
                return credential;
            }

            @Override
            public boolean renew(String rejected) {
                return false;
            }
        };
    }
}
