package ai.paybond.kit.funding;

import ai.paybond.kit.harbor.FundedIntent;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The {@code payment-required} header of a 402: JSON, or base64 of it, of x402 version 1 or 2; or the flat form of the
 * TypeScript kit's fixtures, whose amount is in dollars.
 */
final class X402Demand {
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,30}");
    private static final Pattern DOLLARS = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,6})?");
    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-fA-F]{40}");

    private final FundingOrder order;
    private final FundedIntent reply;
    private final String raw;
    private final JsonObject document;

    private X402Demand(FundingOrder order, FundedIntent reply, String raw, JsonObject document) {
        this.order = order;
        this.reply = reply;
        this.raw = raw;
        this.document = document;
    }

    /** The part of the challenge that is what was agreed. */
    static X402Challenge agreed(FundingOrder order, FundedIntent reply) {
        String raw = reply.paymentChallenge();
        if (raw == null || raw.isBlank()) {
            throw new FundingException("funding.challenge_missing", "the 402 holds no payment-required header");
        }
        ChallengeJson.requireBounded(raw);
        String text = raw.strip();
        JsonObject document =
                text.startsWith("{") ? ChallengeJson.parse(text) : ChallengeJson.decode(text, Base64.getDecoder());
        return new X402Demand(order, reply, raw, document).agreed();
    }

    /** The first of several offers that fits; what is wrong with the first when none does. */
    private X402Challenge agreed() {
        if (!document.has("accepts")) {
            return challenge(document, "exact", dollars());
        }
        List<JsonObject> offers = document.array("accepts")
                .map(JsonArray::objectItems)
                .map(items -> items.toList())
                .orElse(List.of());
        FundingException fault = new FundingException("funding.challenge_invalid", "the challenge accepts nothing");
        for (int i = 0; i < offers.size(); i++) {
            try {
                return offered(offers.get(i));
            } catch (FundingException e) {
                fault = i == 0 ? e : fault;
            }
        }
        throw fault;
    }

    private X402Challenge offered(JsonObject offer) {
        String amount = ChallengeJson.text(offer, offer.has("amount") ? "amount" : "maxAmountRequired");
        if (!WHOLE.matcher(amount).matches()) {
            throw new FundingException("funding.challenge_invalid", "the amount is not a whole number of base units");
        }
        return challenge(offer, ChallengeJson.text(offer, "scheme"), new BigInteger(amount));
    }

    private BigInteger dollars() {
        String amount = ChallengeJson.text(document, "amount");
        if (!DOLLARS.matcher(amount).matches()) {
            throw new FundingException("funding.challenge_invalid", "the amount is not in dollars");
        }
        return new BigDecimal(amount).movePointRight(6).toBigIntegerExact();
    }

    private X402Challenge challenge(JsonObject terms, String scheme, BigInteger amount) {
        String network = ChallengeJson.text(terms, "network");
        String asset = ChallengeJson.text(terms, "asset");
        String payTo = ChallengeJson.text(terms, "payTo");
        require(scheme.equals("exact"), "funding.scheme_unknown", "the challenge has another scheme than exact");
        require(order.network().isNamed(network), "funding.network_mismatch", "the challenge is for another network");
        require(order.network().isUsdc(asset), "funding.asset_mismatch", "the challenge is for another asset");
        require(amount.equals(order.baseUnits()), "funding.amount_mismatch", "the challenge is for another amount");
        require(isReceiver(payTo), "funding.receiver_mismatch", "the challenge is for another receiver");
        return new X402Challenge(order, scheme, network, asset, amount, payTo, terms, document, raw);
    }

    private boolean isReceiver(String payTo) {
        String agreed = order.payTo();
        return ADDRESS.matcher(payTo).matches()
                && (agreed == null || agreed.equalsIgnoreCase(payTo))
                && FundingStatus.member(reply, "target_address")
                        .filter(target -> !target.equalsIgnoreCase(payTo))
                        .isEmpty();
    }

    private static void require(boolean condition, String code, String message) {
        if (!condition) {
            throw new FundingException(code, message);
        }
    }
}
