package ai.paybond.kit.cli.rates;

import org.jspecify.annotations.Nullable;

/**
 * How a PostgreSQL is reached.
 *
 * @param url {@code jdbc:postgresql://HOST:PORT/NAME}
 * @param user null when the URL says, or the driver's default is meant
 * @param password a secret
 */
public record DatabaseAddress(
        String url, @Nullable String user, @Nullable String password) {

    /** Leaves the password out, and the URL, which may hold one. */
    @Override
    public String toString() {
        return "DatabaseAddress[user=" + user + "]";
    }
}
