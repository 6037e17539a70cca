package ai.paybond.kit.funding;

import ai.paybond.kit.funding.AuthenticateHeader.Challenge;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.Locale;

/** The ways to pay by the Payment scheme that Harbor knows. Their requests are the public draft's. */
enum MppKind {
    CHARGE("charge", "stripe") {
        @Override
        boolean asksFor(FundingOrder order, JsonObject request) {
            return says(request, "amount", Long.toString(order.amountCents())) && says(request, "currency", "usd");
        }
    },
    SESSION("session", "tempo") {
        @Override
        boolean asksFor(FundingOrder order, JsonObject request) {
            return says(request, "suggestedDeposit", order.baseUnits().toString());
        }
    };

    private final String intent;
    private final String method;

    MppKind(String intent, String method) {
        this.intent = intent;
        this.method = method;
    }

    String intent() {
        return intent;
    }

    String method() {
        return method;
    }

    boolean fits(Challenge challenge) {
        return intent.equals(challenge.parameters().get("intent"))
                && method.equals(challenge.parameters().get("method"));
    }

    abstract boolean asksFor(FundingOrder order, JsonObject request);

    private static boolean says(JsonObject request, String member, String expected) {
        JsonValue value = request.get(member);
        if (value instanceof JsonString text) {
            return text.value().toLowerCase(Locale.ROOT).equals(expected);
        }
        return value instanceof JsonNumber number && number.toJson().equals(expected);
    }
}
