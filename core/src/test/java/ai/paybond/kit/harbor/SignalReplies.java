package ai.paybond.kit.harbor;

/** Parts of Signal's replies. */
final class SignalReplies {
    static final String METRICS = """
            {"terminal_intents":4,"released":3,"refunded":1,"disputed":0,"success_rate_bps":7500,"dispute_rate_bps":0,\
            "refund_rate_bps":2500,"mean_latency_nanos":9007199254740993,"latency_sample_count":4,\
            "receipted_volume_cents":1000}""";

    static final String SIGNATURE = """
            "signing_algorithm":"ed25519-sha256-json-v1","message_digest_hex":"aa","signing_public_key_hex":"bb",\
            "signature_hex":"cc\"""";

    private SignalReplies() {}
}
