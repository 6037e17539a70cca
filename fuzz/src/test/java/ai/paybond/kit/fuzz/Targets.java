package ai.paybond.kit.fuzz;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;

/** Every target under the name that corpora, tables and commands use. */
enum Targets {
    TOKEN(TokenTarget::new),
    JSON(JsonTarget::new),
    POLICY(PolicyTarget::new),
    RECEIPT(ReceiptTarget::new),
    HARBOR(HarborTarget::new),
    PAEGENTS(PaegentsTarget::new),
    NEVERMINED(NeverminedTarget::new),
    WEBHOOK(WebhookTarget::new),
    PAYMENT(PaymentTarget::new),
    EIP712(Eip712Target::new),
    SANDBOX(SandboxTarget::new),
    ARGUMENTS(ArgumentsTarget::new),
    JOURNAL(JournalTarget::new);

    private final Supplier<FuzzTarget> maker;

    Targets(Supplier<FuzzTarget> maker) {
        this.maker = maker;
    }

    FuzzTarget make() {
        return maker.get();
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Targets ofId(String id) {
        return Arrays.stream(values())
                .filter(target -> target.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no target is called " + id));
    }
}
