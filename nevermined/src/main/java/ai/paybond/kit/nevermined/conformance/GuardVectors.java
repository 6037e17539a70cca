package ai.paybond.kit.nevermined.conformance;

import static ai.paybond.kit.nevermined.conformance.Cases.object;
import static ai.paybond.kit.nevermined.conformance.Cases.requireEqual;
import static ai.paybond.kit.nevermined.conformance.Cases.text;

import ai.paybond.kit.guard.CallReceipt;
import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolCall;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolOutcome;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.nevermined.NeverminedApiKey;
import ai.paybond.kit.nevermined.NeverminedEnvironment;
import ai.paybond.kit.nevermined.NeverminedException;
import ai.paybond.kit.nevermined.PaymentRequired;
import ai.paybond.kit.nevermined.PaymentScheme;
import ai.paybond.kit.nevermined.X402AccessToken;
import ai.paybond.kit.nevermined.charge.DeliveryPolicy;
import ai.paybond.kit.nevermined.conformance.Cases.Departure;
import ai.paybond.kit.nevermined.rail.NeverminedRail;
import ai.paybond.kit.nevermined.rail.ToolPlan;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonNull;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Guarded tools, as the other SDKs' wrappers guard them; results are delivered whatever comes of settling, as they do. */
final class GuardVectors {
    static final Map<String, Consumer<Cases>> RUNNERS = Map.of("nevermined-tool-guard.json", GuardVectors::toolGuard);

    private static final X402AccessToken TOKEN = X402AccessToken.of("A".repeat(40));
    private static final NeverminedApiKey KEY = NeverminedApiKey.of("live:a.b.c");

    private GuardVectors() {}

    private static void toolGuard(Cases file) {
        file.each("python_langchain", GuardVectors::langChain);
        file.each("python_strands", GuardVectors::strands);
        file.each("ts_langchain", GuardVectors::typeScript);
        file.each("express", RouteVectors::express);
        file.each("fastapi", RouteVectors::fastApi);
        file.each("token_abbreviation", GuardVectors::abbreviation);
        file.information("environment_in_all_cases");
    }

    /** One tool, sold for some credits, called once. */
    private record Run(ScriptedFacilitator asked, NeverminedRail rail, String tool, ToolOutcome<String> outcome) {}

    /** A run that goes well, until something is said against it. */
    private static final class Script {
        private ScriptedFacilitator facilitator = ScriptedFacilitator.good();
        private List<String> planIds = List.of("pl-crypto");
        private String tool = "insight";
        private long credits = 1;
        private boolean hasToken = true;
        private boolean breaks;

        /** What a vector's name says goes wrong. */
        Script of(String name) {
            breaks = name.startsWith("tool");
            if (says(name, "verify", "throws", "raises", "fails")) {
                facilitator = facilitator.verifyThrows();
            } else if (says(name, "verify", "invalid", "isvalid=false", "isvalid false", "not valid")) {
                facilitator = facilitator.verifying(JsonObject.of(Map.of("isValid", false)));
            }
            if (says(name, "settle", "throws", "raises", "fails")) {
                facilitator = facilitator.settleThrows();
            }
            return this;
        }

        private static boolean says(String name, String step, String... troubles) {
            String lower = name.toLowerCase(Locale.ROOT);
            return lower.contains(step) && Stream.of(troubles).anyMatch(lower::contains);
        }

        Run call() {
            NeverminedRail rail = NeverminedRail.builder(facilitator, GuardVectors::scheme, KEY)
                    .deliveryPolicy(DeliveryPolicy.DELIVER_ALWAYS)
                    .tool(tool, ToolPlan.anyOf(planIds))
                    .build();
            ToolRegistry tools = ToolRegistry.of(ToolDeclaration.builder(tool)
                    .spend(SpendRule.fixed(credits))
                    .withoutEvidence()
                    .build());
            ToolCall call = ToolCall.of(tool, "call", JsonObject.of(Map.of()));
            return new Run(
                    facilitator,
                    rail,
                    tool,
                    rail.guard(hasToken ? TOKEN : null, tools).build().call(call, permitted -> work()));
        }

        private String work() {
            if (breaks) {
                throw new IllegalArgumentException("tool broke");
            }
            return "result";
        }
    }

    private static PaymentScheme scheme(String planId) {
        return PaymentScheme.crypto(NeverminedEnvironment.LIVE);
    }

    private static void langChain(JsonObject entry) {
        Run run = called(entry);
        boolean raises =
                entry.object("outcome").filter(outcome -> outcome.has("raised")).isPresent();
        requireEqual(!raises, run.outcome().isExecuted());
        boolean isOurs = calls(entry).stream()
                .filter(call -> isNamed(call, "verify"))
                .allMatch(call -> networkOf(call).equals(scheme("1").network()));
        if (!isOurs) {
            throw new Departure("scheme and network are those of plan and environment");
        }
    }

    private static void strands(JsonObject entry) {
        Run run = called(entry);
        boolean succeeds = text(object(entry, "outcome"), "status").equals("success");
        requireEqual(succeeds, run.outcome().isExecuted());
        demanded(entry)
                .ifPresent(json -> requireEqual(
                        PaymentRequired.read(json)
                                .map(wanted -> wanted.toJson().without("error"))
                                .orElse(null),
                        run.rail()
                                .requirement(run.tool())
                                .map(PaymentRequired::toJson)
                                .orElse(null)));
    }

    private static Optional<JsonObject> demanded(JsonObject entry) {
        return entry.object("outcome").flatMap(outcome -> outcome.array("content")).stream()
                .flatMap(JsonArray::objectItems)
                .flatMap(item -> item.object("json").stream())
                .findFirst();
    }

    private static Run called(JsonObject entry) {
        List<List<JsonValue>> calls = calls(entry);
        requireWholeCreditsKnownBefore(calls);
        Script script = new Script().of(entry.string("name").orElse(""));
        script.hasToken = !calls.isEmpty();
        demanded(entry).flatMap(PaymentRequired::read).ifPresent(wanted -> {
            script.tool = wanted.resource().url();
            script.planIds = wanted.accepts().stream()
                    .map(PaymentRequired.Accepted::planId)
                    .toList();
        });
        if (!calls.isEmpty()) {
            JsonObject asked = (JsonObject) calls.get(0).get(1);
            script.tool = asked.string("resource_url").orElse(script.tool);
            script.credits = Long.parseLong(asked.string("maxAmount").orElse("1"));
        }
        entry.object("last_settlement")
                .filter(last -> last.bool("success").isPresent())
                .ifPresent(last -> script.facilitator = script.facilitator.settling(last));
        Run run = script.call();
        requireSameCalls(calls, run.asked());
        return run;
    }

    /** The others verify with one credit when they learn the price after the run. */
    private static void requireWholeCreditsKnownBefore(List<List<JsonValue>> calls) {
        long prices = calls.stream()
                .map(call -> ((JsonObject) call.get(1)).string("maxAmount").orElse("1"))
                .peek(GuardVectors::requireWhole)
                .distinct()
                .count();
        if (prices > 1) {
            throw new Departure("a call is verified for what it may cost, not for one credit");
        }
    }

    private static void requireWhole(String credits) {
        if (credits.contains(".")) {
            throw new Departure("credits are whole numbers");
        }
    }

    private static List<List<JsonValue>> calls(JsonObject entry) {
        return entry.array("calls").orElseThrow().items().stream()
                .map(call -> ((JsonArray) call).items())
                .toList();
    }

    private static String networkOf(List<JsonValue> call) {
        return ((JsonObject) call.get(1)).string("network").orElse("");
    }

    private static void requireSameCalls(List<List<JsonValue>> calls, ScriptedFacilitator asked) {
        requireEqual(calls.stream().filter(call -> isNamed(call, "verify")).count(), asked.verified.size());
        requireEqual(calls.stream().filter(call -> isNamed(call, "settle")).count(), asked.settled.size());
        for (List<JsonValue> call : calls) {
            JsonObject expected = (JsonObject) call.get(1);
            JsonObject given = isNamed(call, "verify") ? asked.verified.get(0) : asked.settled.get(0);
            requireEqual(expected.get("maxAmount"), given.get("maxAmount"));
            requireEqual(expected.get("agentRequestId"), given.get("agentRequestId"));
            expected.string("resource_url")
                    .ifPresent(url -> requireEqual(
                            url,
                            object(object(given, "paymentRequired"), "resource").get("url")));
        }
    }

    private static boolean isNamed(List<JsonValue> call, String name) {
        return call.get(0).equals(new JsonString(name));
    }

    private static void typeScript(JsonObject entry) {
        Script script = new Script().of(entry.string("name").orElse(""));
        Optional<String> verified = entry.object("verify").flatMap(verify -> verify.string("maxAmount"));
        Optional<String> settled = entry.object("settle").flatMap(settle -> settle.string("maxAmount"));
        verified.ifPresent(GuardVectors::requireWhole);
        settled.ifPresent(GuardVectors::requireWhole);
        if (verified.isPresent() && settled.isPresent() && !verified.equals(settled)) {
            throw new Departure("a call is verified for what it may cost, not for one credit");
        }
        script.credits = settled.or(() -> verified).map(Long::parseLong).orElse(1L);
        script.hasToken = entry.integer("verify_calls").orElse(1L) > 0;
        entry.object("verify")
                .filter(answer -> answer.has("isValid"))
                .ifPresent(answer -> script.facilitator = script.facilitator.verifying(answer));
        Run run = script.call();
        requireEqual(entry.has("result"), run.outcome().isExecuted());
        entry.integer("verify_calls")
                .ifPresent(count -> requireEqual(count, run.asked().verified.size()));
        entry.integer("settle_calls")
                .ifPresent(count -> requireEqual(count, run.asked().settled.size()));
        settled.ifPresent(
                credits -> requireEqual(credits, run.asked().settled.get(0).get("maxAmount")));
        if (entry.get("lastSettlement") instanceof JsonNull) {
            requireEqual(true, receipt(run).flatMap(run.rail()::receiptOf).isEmpty());
        }
    }

    private static Optional<CallReceipt> receipt(Run run) {
        return run.outcome() instanceof ToolOutcome.Executed<String> executed
                ? Optional.of(executed.receipt())
                : Optional.empty();
    }

    private static void abbreviation(JsonObject entry) {
        @Nullable String given;
        try {
            given = X402AccessToken.of(entry.string("in").orElse(null)).abbreviated();
        } catch (NeverminedException e) {
            given = null;
        }
        requireEqual(entry.get("out"), given);
    }
}
