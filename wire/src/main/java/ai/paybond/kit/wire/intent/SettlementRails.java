package ai.paybond.kit.wire.intent;

import java.util.Set;

/** The names of settlement rails, as written on the wire. */
public final class SettlementRails {
    public static final String STRIPE_CONNECT = "stripe_connect";
    public static final String STRIPE_ACH_DEBIT = "stripe_ach_debit";
    public static final String STRIPE_MPP = "stripe_mpp";
    public static final String ADYEN_MANUAL_CAPTURE = "adyen_manual_capture";
    public static final String X402_USDC_BASE = "x402_usdc_base";

    public static final Set<String> ALL =
            Set.of(STRIPE_CONNECT, STRIPE_ACH_DEBIT, STRIPE_MPP, ADYEN_MANUAL_CAPTURE, X402_USDC_BASE);

    /** Rails that settle in {@code usd} only. */
    static final Set<String> USD_ONLY = Set.of(STRIPE_ACH_DEBIT, STRIPE_MPP, X402_USDC_BASE);

    private SettlementRails() {}
}
