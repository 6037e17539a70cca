package ai.paybond.kit.funding;

import ai.paybond.kit.funding.AuthenticateHeader.Challenge;
import ai.paybond.kit.harbor.FundedIntent;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The {@code www-authenticate} headers of a 402, of which those of the Payment scheme matter. */
final class MppDemand {
    private static final String SCHEME = "Payment";

    private final FundingOrder order;
    private final FundedIntent reply;
    private final MppKind kind;
    private final Clock clock;

    MppDemand(FundingOrder order, FundedIntent reply, MppKind kind, Clock clock) {
        this.order = order;
        this.reply = reply;
        this.kind = kind;
        this.clock = clock;
    }

    /** The one challenge of this kind, if it is what was agreed. */
    MppChallenge agreed() {
        List<Challenge> fitting = challenges().stream().filter(kind::fits).toList();
        if (fitting.isEmpty()) {
            throw new FundingException(
                    "funding.challenge_missing", "the 402 holds no Payment challenge of intent " + kind.intent());
        }
        if (fitting.size() > 1) {
            throw new FundingException(
                    "funding.challenge_ambiguous", "the 402 holds two Payment challenges of one kind");
        }
        return agreed(fitting.get(0));
    }

    private List<Challenge> challenges() {
        reply.authenticateChallenges().forEach(ChallengeJson::requireBounded);
        return reply.authenticateChallenges().stream()
                .flatMap(line -> AuthenticateHeader.parse(line).stream())
                .filter(challenge -> challenge.scheme().equalsIgnoreCase(SCHEME))
                .toList();
    }

    private MppChallenge agreed(Challenge challenge) {
        Map<String, String> parameters = challenge.parameters();
        JsonObject request = ChallengeJson.decode(required(parameters, "request"), Base64.getUrlDecoder());
        String id = required(parameters, "id");
        String realm = required(parameters, "realm");
        require(isNamed(id), "funding.challenge_mismatch", "Harbor names another challenge");
        require(kind.asksFor(order, request), "funding.amount_mismatch", "the challenge is for another amount");
        require(isDeposit(), "funding.amount_mismatch", "Harbor names another deposit");
        Instant expires = expires(parameters.get("expires"));
        require(
                expires == null || expires.isAfter(clock.instant()),
                "funding.challenge_expired",
                "the challenge has expired");
        return new MppChallenge(
                order, id, realm, kind.method(), kind.intent(), request, expires, parameters, challenge.raw());
    }

    private boolean isNamed(String id) {
        return FundingStatus.member(reply, "challenge_id")
                .filter(named -> !named.equals(id))
                .isEmpty();
    }

    private boolean isDeposit() {
        return FundingStatus.member(reply, "deposit_amount_base_units")
                .filter(units -> !units.equals(order.baseUnits().toString()))
                .isEmpty();
    }

    private static String required(Map<String, String> parameters, String name) {
        String value = parameters.getOrDefault(name, "");
        require(!value.isBlank(), "funding.challenge_invalid", "the challenge has no " + name);
        return value;
    }

    private static @Nullable Instant expires(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new FundingException("funding.challenge_invalid", "the challenge ends at no readable time");
        }
    }

    private static void require(boolean condition, String code, String message) {
        if (!condition) {
            throw new FundingException(code, message);
        }
    }
}
