package ai.paybond.kit.paegents.x402;

import static ai.paybond.kit.paegents.SigningRefusedException.require;

import ai.paybond.kit.paegents.SigningRefusedException;
import ai.paybond.kit.paegents.evm.EvmAddress;
import ai.paybond.kit.paegents.usdc.UsdcToken;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * What a server asks to be paid.
 *
 * @param network {@code base} in version 1, {@code eip155:8453} in version 2
 * @param amount in the asset's smallest unit
 * @param json the requirements as received, which version 2 sends back
 */
public record ExactRequirements(
        X402Version version,
        String network,
        BigInteger amount,
        EvmAddress asset,
        EvmAddress payTo,
        long maxTimeoutSeconds,
        JsonObject json) {
    private static final Pattern DIGITS = Pattern.compile("0|[1-9][0-9]{0,77}");
    private static final String CODE = "x402.requirements";

    /**
     * Reads requirements of the scheme {@code exact}.
     *
     * @throws SigningRefusedException {@code x402.requirements} for what is malformed, {@code x402.scheme} for another scheme
     *     or a way of transfer other than EIP-3009
     */
    public static ExactRequirements parse(X402Version version, JsonObject json) {
        require(text(json, "scheme").equals("exact"), "x402.scheme", "not the scheme exact");
        String method = extra(json).string("assetTransferMethod").orElse("eip3009");
        require(method.equals("eip3009"), "x402.scheme", "not a transfer by EIP-3009");
        String amount = text(json, version.amountMember());
        require(DIGITS.matcher(amount).matches(), CODE, "an amount is decimal text");
        long timeout = json.integer("maxTimeoutSeconds").orElse(0L);
        require(timeout > 0, CODE, "a timeout is a positive number of seconds");
        return new ExactRequirements(
                version,
                text(json, "network"),
                new BigInteger(amount),
                address(json, "asset"),
                address(json, "payTo"),
                timeout,
                json);
    }

    private static JsonObject extra(JsonObject json) {
        return json.object("extra").orElseGet(() -> JsonObject.builder().build());
    }

    private static String text(JsonObject json, String member) {
        return json.string(member).orElseThrow(() -> new SigningRefusedException(CODE, "a member is missing"));
    }

    private static EvmAddress address(JsonObject json, String member) {
        try {
            return EvmAddress.parse(text(json, member));
        } catch (WireException e) {
            throw new SigningRefusedException(CODE, "not an address");
        }
    }

    /** The first thing that goes beyond the terms, thrown. */
    void requireWithin(PaymentTerms terms) {
        UsdcToken token = terms.token();
        require(network.equals(version.network(token)), "paegents.wrong_chain", "another chain than agreed");
        require(asset.equals(token.address()), "paegents.wrong_token", "another token than agreed");
        requireDomain(token);
        require(payTo.equals(terms.payTo()) && !payTo.isZero(), "paegents.wrong_payee", "another payee than agreed");
        boolean amountFits = amount.signum() > 0 && amount.compareTo(terms.maxAmount()) <= 0;
        require(amountFits, "paegents.amount", "no amount, or more than was agreed");
        boolean timeFits = maxTimeoutSeconds <= terms.maxTimeout().toSeconds();
        require(timeFits, "paegents.lifetime", "the authorization would stay usable too long");
    }

    private void requireDomain(UsdcToken token) {
        JsonObject extra = extra(json);
        boolean same = extra.string("name").orElse(token.name()).equals(token.name())
                && extra.string("version").orElse(token.version()).equals(token.version());
        require(same, "paegents.wrong_domain", "another signing domain than the token's");
    }
}
