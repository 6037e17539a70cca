package ai.paybond.kit.wire.intent;

import ai.paybond.kit.wire.internal.Frame;
import java.util.Set;

/**
 * The generations of intents. Two of them call themselves 4; a reader tries the fixed coding first.
 *
 * <table>
 * <caption>What each generation signs beside the common fields</caption>
 * <tr><th></th><th>coding</th><th>rail</th><th>policy</th><th>payee key</th><th>completion tail</th></tr>
 * <tr><td>V2</td><td>fixed</td><td>no</td><td>no</td><td>no</td><td>no</td></tr>
 * <tr><td>V4_FIXED</td><td>fixed</td><td>yes</td><td>no</td><td>no</td><td>no</td></tr>
 * <tr><td>V4</td><td>varint</td><td>yes</td><td>no</td><td>no</td><td>optional</td></tr>
 * <tr><td>V5</td><td>varint</td><td>yes</td><td>yes</td><td>no</td><td>optional</td></tr>
 * <tr><td>V6</td><td>varint</td><td>yes</td><td>no</td><td>yes</td><td>optional</td></tr>
 * <tr><td>V7</td><td>varint</td><td>yes</td><td>yes</td><td>yes</td><td>optional</td></tr>
 * </table>
 *
 * Source: Paybond Kit wire format, sections 4 and 20.
 */
public enum IntentVersion {
    /** Fixed coding; the rail may be sent but is not signed. Kits 0.1 to 0.5. */
    V2(2, Frame.Coding.FIXED, Set.of("stripe_connect", "x402_usdc_base")),
    /** Fixed coding with a signed rail. Kits 0.6 to 0.10. */
    V4_FIXED(4, Frame.Coding.FIXED, Set.of("stripe_connect", "x402_usdc_base", "stripe_ach_debit")),
    /** Varint coding, raw predicate, no payee key. */
    V4(4, Frame.Coding.VARINT, SettlementRails.ALL),
    /** Varint coding, published policy, no payee key. */
    V5(5, Frame.Coding.VARINT, SettlementRails.ALL),
    /** Varint coding, raw predicate, payee key. Current. */
    V6(6, Frame.Coding.VARINT, SettlementRails.ALL),
    /** Varint coding, published policy, payee key. Current. */
    V7(7, Frame.Coding.VARINT, SettlementRails.ALL);

    private final int signingVersion;
    private final Frame.Coding coding;

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<String> rails;

    IntentVersion(int signingVersion, Frame.Coding coding, Set<String> rails) {
        this.signingVersion = signingVersion;
        this.coding = coding;
        this.rails = rails;
    }

    /** The first byte of the frame and the {@code signing_version} of the body. */
    public int signingVersion() {
        return signingVersion;
    }

    /** True if the predicate comes from a published policy. */
    public boolean bindsPolicy() {
        return this == V5 || this == V7;
    }

    /** True if the payee's public key is part of what is signed. */
    public boolean bindsPayeeKey() {
        return this == V6 || this == V7;
    }

    /** True if the settlement rail is part of what is signed. */
    public boolean bindsRail() {
        return this != V2;
    }

    boolean isFixed() {
        return coding == Frame.Coding.FIXED;
    }

    boolean knowsRail(String rail) {
        return rails.contains(rail);
    }

    Frame frame() {
        return new Frame(coding).u8(signingVersion);
    }
}
