package ai.paybond.kit.nevermined.conformance;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.nevermined.NeverminedEnvironment;
import ai.paybond.kit.nevermined.PaymentScheme;
import ai.paybond.kit.nevermined.SchemeResolver;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;

/** Plans and the schemes they resolve to. */
final class SchemeVectors {
    private static final NeverminedEnvironment ENVIRONMENT = NeverminedEnvironment.LIVE;

    private SchemeVectors() {}

    static void table(JsonObject resolution) {
        resolution.array("table").map(JsonArray::objectItems).orElseThrow().forEach(SchemeVectors::row);
    }

    private static void row(JsonObject row) {
        AtomicInteger lookups = new AtomicInteger();
        SchemeResolver resolver = new SchemeResolver(
                planId -> {
                    lookups.incrementAndGet();
                    return row.object("plan").orElseThrow(() -> new PaybondException("network_error", "no plan"));
                },
                ENVIRONMENT,
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

        PaymentScheme scheme = resolver.resolve("1");
        requireSame(scheme, resolver.resolve("1"), row);
        Cases.requireEqual(row.bool("cached").orElse(true) ? 1 : 2, lookups.get());
    }

    private static void requireSame(PaymentScheme first, PaymentScheme second, JsonObject row) {
        String name = Cases.text(row, "scheme");
        String network = row.string("network")
                .orElse(PaymentScheme.usual(name, ENVIRONMENT).network());
        Cases.requireEqual(name + " " + network, first.name() + " " + first.network());
        Cases.requireEqual(first.name(), second.name());
    }
}
