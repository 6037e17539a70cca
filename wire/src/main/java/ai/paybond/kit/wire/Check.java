package ai.paybond.kit.wire;

import java.util.Objects;

/**
 * One step of a verification, for people to read. Verification stops at the first that did not pass. Names are not
 * stable; programs look at {@link Verdict#code()}.
 *
 * @param name a few words, never taken from the input
 */
public record Check(String name, boolean passed) {
    public Check {
        Objects.requireNonNull(name, "name");
    }
}
