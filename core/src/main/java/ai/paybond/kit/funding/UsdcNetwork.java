package ai.paybond.kit.funding;

import java.util.Locale;
import java.util.Objects;

/**
 * A chain that USDC is paid on.
 *
 * @param name the name that the first version of x402 used, such as {@code base}
 * @param chainId the chain's number, which CAIP-2 names write as {@code eip155:8453}
 * @param contract the address of the USDC contract there
 */
public record UsdcNetwork(String name, long chainId, String contract) {
    /** Base, where the rail {@code x402_usdc_base} settles. */
    public static final UsdcNetwork BASE = new UsdcNetwork("base", 8453, "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913");

    /** The test network beside it. */
    public static final UsdcNetwork BASE_SEPOLIA =
            new UsdcNetwork("base-sepolia", 84532, "0x036CbD53842c5426634e7929541eC2318f3dCF7e");

    public UsdcNetwork {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(contract, "contract");
    }

    boolean isNamed(String text) {
        return text.equals(name) || text.equals("eip155:" + chainId);
    }

    boolean isUsdc(String asset) {
        return asset.toLowerCase(Locale.ROOT).equals("usdc") || asset.equalsIgnoreCase(contract);
    }
}
