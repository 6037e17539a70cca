package ai.paybond.kit.wire.intent;

import java.util.Set;

/**
 * The names of settlement rails, as written on the wire: exact, lower case, five of them. Source: Paybond Kit wire
 * format, section 4.
 */
public final class SettlementRails {
    /** Any currency; known to every generation. */
    public static final String STRIPE_CONNECT = "stripe_connect";
    /** {@code usd} only. */
    public static final String STRIPE_ACH_DEBIT = "stripe_ach_debit";
    /** {@code usd} only; varint generations. */
    public static final String STRIPE_MPP = "stripe_mpp";
    /** Any currency; varint generations. */
    public static final String ADYEN_MANUAL_CAPTURE = "adyen_manual_capture";
    /** {@code usd} only, which the fixed generations do not check; known to every generation. */
    public static final String X402_USDC_BASE = "x402_usdc_base";

    /** The five rails that varint generations and mandates know; unmodifiable. */
    public static final Set<String> ALL =
            Set.of(STRIPE_CONNECT, STRIPE_ACH_DEBIT, STRIPE_MPP, ADYEN_MANUAL_CAPTURE, X402_USDC_BASE);

    /** Rails that settle in {@code usd} only. */
    static final Set<String> USD_ONLY = Set.of(STRIPE_ACH_DEBIT, STRIPE_MPP, X402_USDC_BASE);

    private SettlementRails() {}
}
