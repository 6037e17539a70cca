package ai.paybond.kit.nevermined.rail;

import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;

/**
 * Says after the run what it cost, from what its evidence proves: that payload is in the journal before anything is charged, so the
 * same number comes out after a crash. Must depend on the payload alone. One that throws, or gives a negative number, leaves the
 * call uncharged and parked with {@code credits.invalid}; more than was reserved is charged as what was reserved.
 */
@FunctionalInterface
public interface CreditMeter {

    /** The credits, from 0 up; 0 charges nothing. */
    BigInteger credits(JsonObject evidence);
}
