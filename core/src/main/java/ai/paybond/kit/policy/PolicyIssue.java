package ai.paybond.kit.policy;

import java.util.Objects;

/**
 * One thing that is wrong with a policy.
 *
 * @param code one of {@link PolicyCodes}
 * @param path JSON pointer of what it is about, such as {@code /tools/travel.book_hotel/max_spend_cents}; empty for the document
 * @param line from 1; 0 when the policy was not read from a text
 * @param column from 1, at the member's name; 0 when the policy was not read from a text
 * @param message for people; never holds a value of the policy
 */
public record PolicyIssue(String code, String path, int line, int column, String message) {
    public PolicyIssue {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(message, "message");
    }

    /** {@code line:column: code: path: message}, the place left out when there is none. */
    @Override
    public String toString() {
        String place = line == 0 ? "" : line + ":" + column + ": ";
        return place + code + ": " + (path.isEmpty() ? "" : path + ": ") + message;
    }
}
