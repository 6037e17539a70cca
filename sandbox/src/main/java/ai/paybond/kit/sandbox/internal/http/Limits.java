package ai.paybond.kit.sandbox.internal.http;

/** Sizes beyond which the sandbox does not read on. */
final class Limits {
    static final int BODY_BYTES = 1 << 20;
    static final int HEADER_BYTES = 64 << 10;
    static final int IDEMPOTENCY_KEY_CHARS = 256;

    private Limits() {}
}
