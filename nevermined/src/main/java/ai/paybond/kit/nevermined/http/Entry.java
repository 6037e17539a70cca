package ai.paybond.kit.nevermined.http;

/** What becomes of a request: one of three. */
public sealed interface Entry {
    /** The route is not sold; serve it. */
    record Free() implements Entry {}

    /** Answer this instead of serving it. */
    record Unpaid(PaymentDemand demand) implements Entry {}

    /** Serve it, and tell the exchange how that went. */
    record Paid(PaidExchange exchange) implements Entry {}
}
