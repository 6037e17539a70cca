package ai.paybond.kit.nevermined.charge;

import java.util.Locale;

/** The stable codes of refusals and failures that are made here; all others are the backend's, in lower case. */
public final class ChargeCodes {
    /** The call carries no access token. */
    public static final String TOKEN_MISSING = "payment.token_missing";
    /** The backend says that the payment is not valid. */
    public static final String NOT_VALID = "payment_required";
    /** As many calls with this token as may run at a time are running. */
    public static final String TOKEN_IN_FLIGHT = "token.too_many_in_flight";
    /** The token was used as often as it may be in the time that is looked at. */
    public static final String TOKEN_OVERUSED = "token.overused";
    /** The payer's credits are taken by calls that are running here. */
    public static final String CREDITS_RESERVED = "credits.reserved";
    /** Other calls of the payer are running, and nobody says what credits there are. */
    public static final String CREDITS_UNCONFIRMED = "credits.unconfirmed";
    /** The number of credits is negative, or not to be had. */
    public static final String CREDITS_INVALID = "credits.invalid";
    /** Whether the payer was charged is not known. A person settles it. */
    public static final String SETTLEMENT_UNKNOWN = "settlement.unknown";
    /** The same request is being settled elsewhere; ask again later. */
    public static final String SETTLEMENT_UNDER_WAY = "settlement.under_way";
    /** Settling was tried too often without a connection; a person settles it. */
    public static final String SETTLEMENT_EXHAUSTED = "settlement.exhausted";

    private ChargeCodes() {}

    /** The backend's code as this kit writes codes. */
    public static String ofBackend(String code) {
        return code.toLowerCase(Locale.ROOT);
    }
}
