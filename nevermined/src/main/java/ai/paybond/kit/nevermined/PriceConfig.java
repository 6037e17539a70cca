package ai.paybond.kit.nevermined;

import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a plan costs.
 *
 * @param tokenAddress the ERC-20 token, or {@link #ZERO_ADDRESS}
 * @param amounts one amount for each receiver; fiat with six decimals (2000000 is 2.00)
 * @param currency the fiat currency, or null
 */
public record PriceConfig(
        String tokenAddress,
        List<BigInteger> amounts,
        List<String> receivers,
        String contractAddress,
        String feeController,
        String externalPriceAddress,
        String templateAddress,
        boolean isCrypto,
        @Nullable String currency) {
    /** No contract. */
    public static final String ZERO_ADDRESS = "0x0000000000000000000000000000000000000000";

    /** @throws NeverminedException {@code validation} if amounts and receivers do not pair up */
    public PriceConfig {
        amounts = List.copyOf(amounts);
        receivers = List.copyOf(receivers);
        if (amounts.size() != receivers.size()) {
            throw NeverminedException.validation("a price has one amount for each receiver");
        }
    }

    /** A price in money, with six decimals. */
    public static PriceConfig fiat(BigInteger amount, String currency, String receiver) {
        return simple(ZERO_ADDRESS, amount, receiver, false, currency);
    }

    /** A price in an ERC-20 token, in its smallest unit. */
    public static PriceConfig erc20(String tokenAddress, BigInteger amount, String receiver) {
        return simple(tokenAddress, amount, receiver, true, null);
    }

    /** A price in the chain's own coin, in its smallest unit. */
    public static PriceConfig nativeToken(BigInteger amount, String receiver) {
        return simple(ZERO_ADDRESS, amount, receiver, true, null);
    }

    /** For nothing. */
    public static PriceConfig free() {
        return new PriceConfig(
                ZERO_ADDRESS, List.of(), List.of(), ZERO_ADDRESS, ZERO_ADDRESS, ZERO_ADDRESS, ZERO_ADDRESS, true, null);
    }

    /** Pay as you go in an ERC-20 token: each call pays for itself. The template is the deployment's, see {@code GET /}. */
    public static PriceConfig payAsYouGo(
            String tokenAddress, BigInteger amount, String receiver, String templateAddress) {
        return new PriceConfig(
                tokenAddress,
                List.of(amount),
                List.of(receiver),
                ZERO_ADDRESS,
                ZERO_ADDRESS,
                ZERO_ADDRESS,
                templateAddress,
                true,
                null);
    }

    private static PriceConfig simple(
            String token, BigInteger amount, String receiver, boolean isCrypto, @Nullable String currency) {
        return new PriceConfig(
                token,
                List.of(amount),
                List.of(receiver),
                ZERO_ADDRESS,
                ZERO_ADDRESS,
                ZERO_ADDRESS,
                ZERO_ADDRESS,
                isCrypto,
                currency);
    }

    JsonObject toJson() {
        return JsonObject.builder()
                .put("tokenAddress", tokenAddress)
                .put(
                        "amounts",
                        amounts.stream()
                                .map(amount -> Amounts.text(amount, "amount"))
                                .toList())
                .put("receivers", receivers)
                .put("contractAddress", contractAddress)
                .put("feeController", feeController)
                .put("externalPriceAddress", externalPriceAddress)
                .put("templateAddress", templateAddress)
                .put("isCrypto", isCrypto)
                .putIfPresent("currency", currency)
                .build();
    }
}
