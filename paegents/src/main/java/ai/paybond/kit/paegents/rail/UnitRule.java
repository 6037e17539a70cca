package ai.paybond.kit.paegents.rail;

import ai.paybond.kit.wire.json.JsonObject;

/**
 * Says how many of the agreement's units a call uses, before it runs. A rule that throws, or gives less than 0, denies the call
 * with {@code agreement.units_invalid}. Must be thread-safe and give the same for the same arguments.
 */
@FunctionalInterface
public interface UnitRule {

    /** The units of a call with these arguments. */
    long units(JsonObject arguments);

    /**
     * The same each time.
     *
     * @throws IllegalArgumentException when it is negative
     */
    static UnitRule fixed(long units) {
        if (units < 0) {
            throw new IllegalArgumentException("units are not negative");
        }
        return arguments -> units;
    }

    /** What an argument says, which must be a whole number. */
    static UnitRule argument(String name) {
        return arguments -> arguments
                .integer(name)
                .orElseThrow(() -> new IllegalArgumentException("the argument is no whole number"));
    }
}
