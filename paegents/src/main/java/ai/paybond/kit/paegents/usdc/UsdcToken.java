package ai.paybond.kit.paegents.usdc;

import ai.paybond.kit.paegents.evm.EvmAddress;
import ai.paybond.kit.paegents.evm.TypedDataDomain;
import java.util.List;
import java.util.Optional;

/**
 * USDC on one chain. The name in its signing domain differs between chains, and a signature under the wrong name is void.
 *
 * @param network the chain's name in version 1 of x402, such as {@code base}
 * @param name the token's name in its signing domain
 * @param version the domain's version
 */
public record UsdcToken(String network, long chainId, EvmAddress address, String name, String version) {
    public static final UsdcToken BASE = known("base", 8453, "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913", "USD Coin");
    public static final UsdcToken BASE_SEPOLIA =
            known("base-sepolia", 84532, "0x036CbD53842c5426634e7929541eC2318f3dCF7e", "USDC");
    public static final UsdcToken ETHEREUM =
            known("ethereum", 1, "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", "USD Coin");

    private static final List<UsdcToken> KNOWN = List.of(BASE, BASE_SEPOLIA, ETHEREUM);

    private static UsdcToken known(String network, long chainId, String address, String name) {
        return new UsdcToken(network, chainId, EvmAddress.parseChecksummed(address), name, "2");
    }

    /** Empty for a chain whose token is not known here; construct one for it. */
    public static Optional<UsdcToken> forChain(long chainId) {
        return KNOWN.stream().filter(token -> token.chainId == chainId).findFirst();
    }

    /** The chain as CAIP-2 writes it, such as {@code eip155:8453}. */
    public String caip2() {
        return "eip155:" + chainId;
    }

    public TypedDataDomain domain() {
        return TypedDataDomain.of(name, version, chainId, address);
    }
}
