package ai.paybond.kit.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.async.GuardContext;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.capability.CapabilityVerdict;
import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.guard.AuthorizationRequest;
import ai.paybond.kit.guard.CapabilityBinding;
import ai.paybond.kit.guard.Decision;
import ai.paybond.kit.guard.ToolAuthority;
import ai.paybond.kit.guard.ToolDeniedException;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.journal.RecordingTarget;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedProxyTest {
    private final Authority authority = new Authority();
    private final HttpHotels target = new HttpHotels();

    public enum Board {
        NONE,
        HALF {
            @Override
            public String toString() {
                return "half board";
            }
        }
    }

    public record Guest(String name, Optional<UUID> id) {}

    public record Stay(LocalDate from, int nights, Board board, List<Guest> guests, Map<String, BigDecimal> extras) {}

    public record Booking(String status, Stay stay, Board board) {}

    public static final class SoldOutException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    public interface Hotels {
        @CapabilityGuarded(
                operation = "travel.book",
                spendFrom = "cents",
                evidence = {"status", "stay"})
        Booking book(String city, long cents, Stay stay) throws SoldOutException;

        @CapabilityGuarded(name = "listHotels", readOnly = true)
        List<String> list(@Argument("town") String city);

        @CapabilityGuarded(spendCents = 5, withoutEvidence = true)
        CompletionStage<String> hold(Set<Currency> in, boolean firmly, double price);

        void wipe();

        default List<String> listParis() {
            return list("Paris");
        }

        default String shout() {
            return "hotels";
        }
    }

    static class HttpHotels implements Hotels {
        final List<Object> done = new ArrayList<>();
        CompletionStage<String> held = CompletableFuture.completedFuture("held");

        @Override
        public Booking book(String city, long cents, Stay stay) throws SoldOutException {
            if (city.equals("Rome")) {
                throw new SoldOutException();
            }
            done.add(stay);
            return new Booking("booked", stay, Board.HALF);
        }

        @Override
        public List<String> list(String city) {
            done.add(city);
            return List.of("Ritz");
        }

        @Override
        public CompletionStage<String> hold(Set<Currency> in, boolean firmly, double price) {
            done.add(in);
            return held;
        }

        @Override
        public void wipe() {
            done.add("wiped");
        }

        @Override
        public String shout() {
            done.add("shouted");
            return "HOTELS";
        }
    }

    private static final Stay STAY = new Stay(
            LocalDate.parse("2026-12-01"),
            2,
            Board.HALF,
            List.of(new Guest("Ada", Optional.empty()), new Guest("Bob", Optional.of(new UUID(1, 2)))),
            Map.of("spa", new BigDecimal("12.5")));

    @Test
    void passesEqualArgumentsAndSignsTheDeclaredMembers() throws Exception {
        Booking booking = proxy().book("Paris", 18_700, STAY);

        assertThat(booking.status()).isEqualTo("booked");
        assertThat(target.done).containsExactly(STAY);
        AuthorizationRequest asked = authority.asked.get(0);
        assertThat(asked.operation()).isEqualTo("travel.book");
        assertThat(asked.spendCents()).isEqualTo(18_700);
        assertThat(asked.arguments().object("stay").orElseThrow().string("board"))
                .contains("HALF");
        JsonObject proved = authority.delivered.get(0).payload();
        assertThat(proved.members()).containsOnlyKeys("status", "stay");
        assertThat(proved.object("stay")).isEqualTo(asked.arguments().object("stay"));
    }

    @Test
    void throwsARefusalAndRunsNothing() {
        authority.refuse = true;

        assertThatExceptionOfType(ToolDeniedException.class).isThrownBy(() -> proxy().book("Paris", 1, STAY));
        assertThat(target.done).isEmpty();
    }

    @Test
    void refusesAMethodThatIsNotDeclared() {
        assertThatThrownBy(() -> proxy().wipe()).extracting("code").isEqualTo("tool.undeclared");
        assertThat(target.done).isEmpty();
    }

    @Test
    void throwsACheckedExceptionAsItWasThrown() {
        assertThatExceptionOfType(SoldOutException.class).isThrownBy(() -> proxy().book("Rome", 1, STAY));
        assertThat(authority.completions).singleElement().asString().startsWith("released");
    }

    @Test
    void refusesAnArgumentThatEveryReaderWouldSeeDifferently() {
        assertThatThrownBy(() -> proxy().book("Paris", (1L << 53) + 1, STAY))
                .extracting("code")
                .isEqualTo("arguments.ambiguous");
    }

    @Test
    void refusesAnArgumentWithoutAForm() {
        assertThatExceptionOfType(ArgumentMismatchException.class)
                .isThrownBy(() -> proxy().hold(Set.of(), true, Double.NaN));
        assertThat(authority.asked).isEmpty();
    }

    @Test
    void aDefaultMethodRunsOnTheProxySoThatWhatItCallsIsGuarded() {
        assertThat(proxy().listParis()).containsExactly("Ritz");
        assertThat(target.done).containsExactly("Paris");
    }

    @Test
    void aDefaultMethodThatTheObjectOverridesIsAToolLikeAnyOther() {
        assertThatThrownBy(() -> proxy().shout()).extracting("code").isEqualTo("tool.undeclared");
        assertThat(target.done).isEmpty();
    }

    @Test
    void methodsOfObjectAreTheProxysOwn() {
        Hotels proxy = proxy();

        assertThat(proxy).isEqualTo(proxy).isNotEqualTo(proxy()).isNotEqualTo(target);
        assertThat(proxy.hashCode()).isEqualTo(System.identityHashCode(proxy));
        assertThat(proxy.toString()).isEqualTo("GuardedProxy[" + Hotels.class.getName() + "]");
        assertThat(authority.asked).isEmpty();
    }

    @Test
    void aStageIsGuardedUntilItEnds() throws Exception {
        CompletableFuture<String> later = new CompletableFuture<>();
        target.held = later;
        CompletionStage<String> held = proxy().hold(Set.of(Currency.getInstance("EUR")), true, 0.1);
        assertThat(authority.completions).isEmpty();

        later.complete("held");

        assertThat(held.toCompletableFuture().get()).isEqualTo("held");
        assertThat(authority.completions).singleElement().asString().startsWith("consumed");
    }

    @Test
    void aRefusedStageEndsWithTheRefusal() {
        authority.refuse = true;

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() ->
                        proxy().hold(Set.of(), true, 1).toCompletableFuture().get())
                .withCauseInstanceOf(ToolDeniedException.class);
    }

    @Test
    void looksItsGuardUpForEachCall() {
        Hotels proxy = GuardedProxy.builder(GuardContext::current, Hotels.class, target)
                .executor(Runnable::run)
                .build();

        assertThatThrownBy(() -> proxy.list("Paris")).extracting("code").isEqualTo("guard.no_context");
        try (GuardContext.Scope scope = GuardContext.open(guard())) {
            assertThat(proxy.list("Paris")).containsExactly("Ritz");
        }
        assertThat(GuardContext.find()).isEmpty();
    }

    @Test
    void takesWhatWasCheckedAndNothingElse() {
        GuardedMethod method = new GuardedMethod(ToolMethods.of(Numbers.class).get(0), "add");

        assertThat(method.write(new Object[] {1, 2L}).toJson()).isEqualTo("{\"a\":1,\"b\":2}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1}",
                "{\"a\":1,\"b\":2,\"c\":3}",
                "{\"a\":1.0,\"b\":2}",
                "{\"a\":\"1\",\"b\":2}",
                "{\"a\":null,\"b\":2}",
                "{\"a\":true,\"b\":2}",
                "{\"a\":4294967296,\"b\":2}",
                "{\"a\":[1],\"b\":2}",
                "{\"a\":{},\"b\":2}"
            })
    void convertsNothing(String arguments) {
        GuardedMethod method = new GuardedMethod(ToolMethods.of(Numbers.class).get(0), "add");

        assertThatExceptionOfType(ArgumentMismatchException.class)
                .isThrownBy(() -> method.run(new Numbers(), JsonObject.parse(arguments)))
                .satisfies(e -> assertThat(e.code()).isEqualTo("arguments.mismatch"));
    }

    public static class Numbers {
        public long add(int a, Long b) {
            return a + b;
        }
    }

    interface Overloaded {
        void pay(String to);

        void pay(int to);
    }

    interface Opaque {
        void pay(Thread how);
    }

    @Test
    void saysWhatCannotBeGuarded() {
        assertCode("proxy.not_an_interface", () -> GuardedProxy.of(guard(), HttpHotels.class, target));
        assertCode("proxy.executor", () -> GuardedProxy.of(guard(), Hotels.class, target));
        assertCode(
                "tool.overloaded",
                () -> GuardedProxy.of(guard(), Overloaded.class, new Overloaded() {
                    @Override
                    public void pay(String to) {}

                    @Override
                    public void pay(int to) {}
                }));
        assertCode("tool.parameter_type", () -> GuardedProxy.of(guard(), Opaque.class, how -> {}));
    }

    private static void assertCode(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable making) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(making)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    private Hotels proxy() {
        return GuardedProxy.builder(this::guard, Hotels.class, target)
                .executor(Runnable::run)
                .build();
    }

    private ToolGuard guard() {
        return guard(AnnotatedTools.registry(Hotels.class));
    }

    private ToolGuard guard(ToolRegistry tools) {
        CapabilityBinding binding =
                new CapabilityBinding("0f0e0d0c-0b0a-4908-8706-050403020100", CapabilityToken.of("c2VjcmV0"), "usd");
        return ToolGuard.builder(binding, tools, authority, (token, request) -> new CapabilityVerdict.NotChecked(), "t")
                .payee(new PayeeIdentity("did:web:hotel.example", SigningKey.fromSeedHex("11".repeat(32))))
                .build();
    }

    private static final class Authority extends RecordingTarget implements ToolAuthority {
        private final List<AuthorizationRequest> asked = new ArrayList<>();
        private boolean refuse;

        @Override
        public Decision authorize(AuthorizationRequest request) {
            asked.add(request);
            return refuse
                    ? Decision.Denied.because(ai.paybond.kit.capability.DenyReason.remote("budget_exceeded", "no"))
                    : new Decision.Allowed("audit", "decision-" + asked.size(), 1L);
        }
    }
}
