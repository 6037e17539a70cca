package ai.paybond.kit.capability;

import static ai.paybond.kit.capability.TestCapabilities.EXPIRY;
import static ai.paybond.kit.capability.TestCapabilities.INTENT;
import static ai.paybond.kit.capability.TestCapabilities.NOW;
import static ai.paybond.kit.capability.TestCapabilities.OPERATION;
import static ai.paybond.kit.capability.TestCapabilities.TENANT;
import static ai.paybond.kit.capability.TestCapabilities.token;
import static ai.paybond.kit.capability.TestCapabilities.verifierAt;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.wire.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A property over random calls and random chains of restrictions: a narrowed token covers a call exactly when the token
 * before covered it and every restriction, as plain Java understands it, holds. So no block ever turns a refusal around.
 */
class AttenuationNarrowsTest {

    private static final List<String> OPERATIONS = List.of(OPERATION, "travel.cancel", "travel.book_flight");
    private static final List<String> CITIES = List.of("Paris", "Lyon", "Moscow");
    private static final int CALLS_PER_SEED = 40;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void coversExactlyTheIntersection(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < CALLS_PER_SEED; i++) {
            Call call = Call.random(random);
            CapabilityToken token = token();
            boolean covered = isVerified(token, call);
            int blocks = 1 + random.nextInt(4);
            for (int block = 0; block < blocks; block++) {
                Restriction restriction = Restriction.random(random);
                token = restriction.attenuation().attenuate(token);
                covered &= restriction.holds().test(call);
                assertThat(isVerified(token, call))
                        .as("seed %d, %s after %d blocks", seed, call, block + 1)
                        .isEqualTo(covered);
            }
        }
    }

    private static boolean isVerified(CapabilityToken token, Call call) {
        return verifierAt(call.now()).verify(token, call.request()) instanceof CapabilityVerdict.Verified;
    }

    private record Call(Instant now, String operation, long spend, JsonObject arguments) {

        static Call random(Random random) {
            JsonObject.Builder arguments = JsonObject.builder();
            if (random.nextInt(4) > 0) {
                arguments.put("city", pick(CITIES, random));
            }
            if (random.nextInt(4) > 0) {
                arguments.put("nights", random.nextInt(6));
            }
            return new Call(
                    NOW.plusSeconds(random.nextInt(5_000)),
                    pick(OPERATIONS, random),
                    random.nextInt(25_000) - 1_000,
                    arguments.build());
        }

        CapabilityRequest request() {
            return new CapabilityRequest(TENANT, INTENT, operation, spend, "usd", arguments);
        }
    }

    private record Restriction(Attenuation attenuation, Predicate<Call> holds) {

        static Restriction random(Random random) {
            Attenuation.Builder builder = Attenuation.builder();
            List<Predicate<Call>> parts = new ArrayList<>();
            int checks = 1 + random.nextInt(2);
            for (int i = 0; i < checks; i++) {
                parts.add(add(builder, random));
            }
            return new Restriction(builder.build(), call -> parts.stream().allMatch(part -> part.test(call)));
        }

        private static Predicate<Call> add(Attenuation.Builder builder, Random random) {
            return switch (random.nextInt(5)) {
                case 0 -> operation(builder, random);
                case 1 -> spend(builder, random.nextInt(25_000));
                case 2 -> expiry(builder, EXPIRY.minusSeconds(random.nextInt(4_000) - 400));
                case 3 -> city(builder, random);
                default -> nights(builder, random.nextInt(6));
            };
        }

        private static Predicate<Call> operation(Attenuation.Builder builder, Random random) {
            List<String> allowed = List.of(pick(OPERATIONS, random), pick(OPERATIONS, random));
            builder.operations(allowed);
            return call -> allowed.contains(call.operation());
        }

        private static Predicate<Call> spend(Attenuation.Builder builder, long cents) {
            builder.maxSpendCents(cents);
            return call -> call.spend() <= cents;
        }

        private static Predicate<Call> expiry(Attenuation.Builder builder, Instant expiry) {
            builder.expiresAt(expiry);
            return call -> call.now().isBefore(expiry);
        }

        private static Predicate<Call> city(Attenuation.Builder builder, Random random) {
            List<String> allowed = List.of(pick(CITIES, random), pick(CITIES, random));
            builder.argumentIn("city", allowed.toArray(String[]::new));
            return call ->
                    call.arguments().string("city").filter(allowed::contains).isPresent();
        }

        private static Predicate<Call> nights(Attenuation.Builder builder, long most) {
            builder.argumentAtMost("nights", most);
            return call -> call.arguments()
                    .integer("nights")
                    .filter(nights -> nights <= most)
                    .isPresent();
        }
    }

    private static String pick(List<String> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}
